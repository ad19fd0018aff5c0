import { hash, randomFillSync } from 'node:crypto';

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
let salts = Buffer.alloc(0);
let used = 0;

function newSalt(): Buffer {
  if (used === salts.length) {
    salts = randomFillSync(Buffer.allocUnsafe(256 * SALT_BYTES));
    used = 0;
  }
  used += SALT_BYTES;
  return salts.subarray(used - SALT_BYTES, used);
}

/** Seals the evidence of a new entry. */
export function sealed(evidence: Evidence): Seal {
  const salt = newSalt();
  return { salt, seal: sealOf(salt, evidence) };
}

/** The seal that evidence has under a salt. */
export function sealOf(salt: Uint8Array, { shown, given }: Evidence): Buffer {
  const parts = given === null ? null : Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));
  return digestOf(salt, `[${JSON.stringify(shown)},${JSON.stringify(parts)}]`, null);
}

/** The hash of an entry on top of the one before: SHA-256 over the previous hash, the entry as a JSON array, and its seal. */
export function ledgerHash(previous: Uint8Array | null, entry: LedgerEntry, seal: Uint8Array): Buffer {
  return digestOf(previous, jsonOf(entry), seal);
}

/** An entry as a JSON array. JSON.stringify takes as long for one as the hash does; most of its words are seen again and again. */
function jsonOf(entry: LedgerEntry): string {
  const { workspaceId, contactId, scope, at, from, to, because, messageId, personId } = entry;
  const states = `${quoted(from)},${quoted(to)},${quoted(because)}`;
  return `["${workspaceId}","${contactId}",${quoted(scope)},${at},${states},${quotedId(messageId)},${quotedId(personId)}]`;
}

const quotedId = (id: string | null): string => (id === null ? 'null' : `"${id}"`);

const MOST_QUOTED = 1_000;
const known = new Map<string, string>();

function quoted(word: string): string {
  let json = known.get(word);
  if (json === undefined) {
    json = JSON.stringify(word);
    if (known.size >= MOST_QUOTED) known.clear();
    known.set(word, json);
  }
  return json;
}

/** The hash of entries from before there were seals, over the words themselves. */
export function unsealedHash(
  previous: Uint8Array | null,
  { workspaceId, contactId, scope, at, from, to, because, messageId }: LedgerEntry,
  shown: string | null,
): Buffer {
  const fields = [workspaceId, contactId, scope, at, from, to, because, shown, messageId];
  return digestOf(previous, JSON.stringify(fields), null);
}

/** Where what is hashed is put together: one call for all of it costs half of what a Hash fed piece by piece does. */
let scratch = Buffer.allocUnsafeSlow(16 * 1024);

/** The SHA-256 of a text between bytes. */
function digestOf(before: Uint8Array | null, text: string, after: Uint8Array | null): Buffer {
  // UTF-8 takes at most three bytes for each of the UTF-16 units.
  const most = (before?.length ?? 0) + 3 * text.length + (after?.length ?? 0);
  if (most > scratch.length) scratch = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(most)));
  let end = 0;
  if (before) {
    scratch.set(before);
    end = before.length;
  }
  end += scratch.write(text, end);
  if (after) {
    scratch.set(after, end);
    end += after.length;
  }
  // A digest made as a Buffer brings memory of its own; one made of a string is cut from a pool.
  return Buffer.from(hash('sha256', scratch.subarray(0, end), 'binary'), 'binary');
}
