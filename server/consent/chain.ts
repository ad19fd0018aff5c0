import {
  type Evidence,
  type LedgerEntry,
  ledgerHash,
  sealOf,
  unsealedHash,
} from '../runtime/consent-ledger.ts';

/** An entry as it is stored. */
export interface StoredEntry extends LedgerEntry, Evidence {
  id: string;
  /** Null in entries from before there were seals, and once the person was erased. */
  salt: Buffer | null;
  /** Null in entries from before there were seals; empty in those of them that were erased. */
  seal: Buffer | null;
  previous: Buffer | null;
  hash: Buffer;
}

/** What is wrong with a link: it hangs on no or another entry, its fields or its evidence are not what was hashed, its states do not follow. */
export type Flaw = 'link' | 'entry' | 'evidence' | 'states';

/** The states in which nothing has been said yet. */
const BEGINNINGS = ['none', 'open'];

/** What is wrong with an entry on top of the one before it in its scope, or null. */
export function flawOf(entry: StoredEntry, before: StoredEntry | null): Flaw | null {
  if (!same(entry.previous, before?.hash ?? null)) return 'link';
  if (before ? before.to !== entry.from : !BEGINNINGS.includes(entry.from)) return 'states';
  const { seal, salt, shown, given } = entry;
  if (seal === null) return same(entry.hash, unsealedHash(entry.previous, entry, shown)) ? null : 'entry';
  // What was erased from before there were seals is held by the link of the next entry alone.
  if (seal.length > 0 && !same(entry.hash, ledgerHash(entry.previous, entry, seal))) return 'entry';
  if (salt === null) return shown === null && given === null && isForgottenWith(before) ? null : 'evidence';
  if (before && isForgotten(before) && !mayBeForgotten(before)) return 'evidence';
  return same(seal, sealOf(salt, { shown, given })) ? null : 'evidence';
}

/** Whether the evidence of an entry is destroyed. */
export const isForgotten = ({ salt, seal }: StoredEntry): boolean => salt === null && seal !== null;

/** People are forgotten whole: with an entry all before it. */
const isForgottenWith = (before: StoredEntry | null): boolean => before === null || isForgotten(before);

/** Whether somebody can have been forgotten when this was the last entry of its scope: that revokes, and takes a doubt for a STOP. */
export const mayBeForgotten = ({ scope, to }: StoredEntry): boolean =>
  scope.startsWith('program:') ? to !== 'frozen' : to === 'revoked';

const same = (a: Buffer | null, b: Buffer | null): boolean => (a && b ? a.equals(b) : a === b);
