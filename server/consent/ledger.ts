import { createHash, randomFillSync } from 'node:crypto';

/** What a ledger entry keeps of a person's own words and of consent given elsewhere. Erasing a person destroys it. */
export interface Evidence {
  /** The words that were texted. */
  shown: string | null;
  /** The form's text, the address it was given from, the file it came in. */
  given: Readonly<Record<string, string>> | null;
}

/** One entry of the consent ledger, every field that matters as evidence. */
export interface LedgerEntry {
  workspaceId: string;
  contactId: string;
  scope: string;
  /** Milliseconds since 1970. */
  at: number;
  from: string;
  to: string;
  because: string;
  messageId: string | null;
  /** Who of ours decided it. */
  personId: string | null;
}

/** A seal on the evidence: its hash under a salt of its own, so that nobody can guess the words from it once both are gone. */
export interface Seal {
  salt: Buffer;
  seal: Buffer;
}

const SALT_BYTES = 16;

/** Chance is asked for many salts at once: a call for each would cost more than the hash. */
const salts = Buffer.alloc(256 * SALT_BYTES);
let used = salts.length;

function newSalt(): Buffer {
  if (used === salts.length) {
    randomFillSync(salts);
    used = 0;
  }
  used += SALT_BYTES;
  return Buffer.from(salts.subarray(used - SALT_BYTES, used));
}

/** Seals the evidence of a new entry. */
export function sealed(evidence: Evidence): Seal {
  const salt = newSalt();
  return { salt, seal: sealOf(salt, evidence) };
}

/** The seal that evidence has under a salt. */
export function sealOf(salt: Uint8Array, { shown, given }: Evidence): Buffer {
  const parts = given === null ? null : Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(salt)
    .update(JSON.stringify([shown, parts]))
    .digest();
}

/** The hash of an entry on top of the one before: SHA-256 over the previous hash, the entry as a JSON array, and its seal. */
export function ledgerHash(previous: Uint8Array | null, entry: LedgerEntry, seal: Uint8Array): Buffer {
  const { workspaceId, contactId, scope, at, from, to, because, messageId, personId } = entry;
  const hash = createHash('sha256');
  if (previous) hash.update(previous);
  return hash
    .update(JSON.stringify([workspaceId, contactId, scope, at, from, to, because, messageId, personId]))
    .update(seal)
    .digest();
}

/** The hash of entries from before there were seals, over the words themselves. */
export function unsealedHash(
  previous: Uint8Array | null,
  { workspaceId, contactId, scope, at, from, to, because, messageId }: LedgerEntry,
  shown: string | null,
): Buffer {
  const hash = createHash('sha256');
  if (previous) hash.update(previous);
  return hash
    .update(JSON.stringify([workspaceId, contactId, scope, at, from, to, because, shown, messageId]))
    .digest();
}
