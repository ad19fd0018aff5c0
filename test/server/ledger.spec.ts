import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  type Evidence,
  type LedgerEntry,
  ledgerHash,
  sealed,
  sealOf,
} from '#server/runtime/consent-ledger.ts';
import * as fc from '../support/properties.ts';

const text = fc.string({ unit: 'binary' });
const word = fc.oneof(fc.constantFrom('none', 'pending', 'asked'), text);
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const entries: fc.Arbitrary<LedgerEntry> = fc.record({
  workspaceId: fc.uuid(),
  contactId: fc.uuid(),
  scope: fc.oneof(fc.constant('list:news'), text),
  at: fc.integer({ min: -1e12, max: 1e13 }),
  from: word,
  to: word,
  because: word,
  messageId: fc.option(fc.uuid()),
  personId: fc.option(fc.uuid()),
});

/** More than there is room for where hashes are made. */
const long = text.map((part) => `é${part}`.repeat(9_000));

const evidence: fc.Arbitrary<Evidence> = fc.record({
  shown: fc.option(fc.oneof({ arbitrary: text, weight: 9 }, { arbitrary: long, weight: 1 })),
  given: fc.option(fc.dictionary(text, text, { maxKeys: 3 })),
});

/** What the ledger promises to whoever checks it with other tools: SHA-256 over bytes and JSON in a row. */
function sha256(...parts: readonly (Uint8Array | string | null)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) if (part !== null) hash.update(part);
  return hash.digest('hex');
}

describe('The ledger of consent', () => {
  test('hashes what it always hashed', () => {
    fc.assert(
      fc.property(fc.option(bytes), entries, bytes, (previous, entry, seal) => {
        const { workspaceId, contactId, scope, at, from, to, because, messageId, personId } = entry;
        const fields = [workspaceId, contactId, scope, at, from, to, because, messageId, personId];
        expect(ledgerHash(previous, entry, seal).toString('hex')).toBe(
          sha256(previous, JSON.stringify(fields), seal),
        );
      }),
    );
  });

  test('seals what it always sealed, under a salt of its own each time', () => {
    const salts = new Set<string>();
    let times = 0;
    fc.assert(
      fc.property(evidence, (words) => {
        const { salt, seal } = sealed(words);
        const parts = words.given && Object.entries(words.given).sort(([a], [b]) => (a < b ? -1 : 1));
        expect(seal.toString('hex')).toBe(sha256(salt, JSON.stringify([words.shown, parts])));
        expect(sealOf(salt, words)).toEqual(seal);
        expect(salt).toHaveLength(16);
        salts.add(salt.toString('hex'));
        times++;
      }),
      // More than the salts that are made at once.
      { numRuns: 300 },
    );
    expect(salts.size).toBe(times);
  });
});
