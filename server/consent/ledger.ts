import { createHash } from 'node:crypto';

/** One entry of the consent ledger as it is hashed: every field that matters as evidence, in a fixed order. */
export interface LedgerEntry {
  workspaceId: string;
  contactId: string;
  scope: string;
  /** Milliseconds since 1970. */
  at: number;
  from: string;
  to: string;
  because: string;
  shown: string | null;
  messageId: string | null;
}

/** The hash of an entry on top of the one before: SHA-256 over the previous hash and the entry as a JSON array. */
export function ledgerHash(previous: Uint8Array | null, entry: LedgerEntry): Buffer {
  const hash = createHash('sha256');
  if (previous) hash.update(previous);
  return hash
    .update(
      JSON.stringify([
        entry.workspaceId,
        entry.contactId,
        entry.scope,
        entry.at,
        entry.from,
        entry.to,
        entry.because,
        entry.shown,
        entry.messageId,
      ]),
    )
    .digest();
}
