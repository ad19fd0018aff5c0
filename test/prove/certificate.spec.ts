import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { sha256 } from '#flows/prove/hash/sha256.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld } from '#flows/prove/world.ts';
import * as fc from '../support/properties.ts';
import { bigFlow } from './big-flow.ts';
import { ask, end, FIRST, parsed, say } from './draw.ts';

describe('sha256', () => {
  // NIST, FIPS 180-4 examples and CAVP short messages.
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('of %.20s', (text, digest) => expect(sha256(text)).toBe(digest));

  test('agrees with the one of the system', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      }),
    );
  });
});

const hello = { nodes: { hello: say(FIRST), done: end }, edges: ['hello.next > done'] };
const open = proofWorld({ lists: {}, otherFlows: [] });

describe('a certificate', () => {
  const { certificate } = prove(parsed(hello), open);

  test('stays the same when cards are moved, and for the same world', () => {
    const moved = parsed(hello);
    moved.definition.layout = { hello: { x: 5, y: 5 } };
    expect(prove(moved, proofWorld({ lists: {}, otherFlows: [] })).certificate).toEqual(certificate);
  });

  test('changes with the flow, the country and what else is published', () => {
    const other = parsed({ ...hello, nodes: { hello: say(`${FIRST} Hi.`), done: end } });
    expect(prove(other, open).certificate.definitionHash).not.toBe(certificate.definitionHash);
    const abroad = prove(parsed(hello), { ...open, country: 'GB' }).certificate;
    expect([abroad.worldHash === certificate.worldHash, abroad.rulesHash === certificate.rulesHash]).toEqual([
      false,
      true,
    ]);
  });

  test('says what was not known', () => {
    const { notChecked, certificate: unsure } = prove(parsed(hello), proofWorld());
    expect(notChecked).toHaveLength(3);
    expect(
      unsure.results.filter(({ verdict }) => verdict === 'unchecked').map(({ property }) => property),
    ).toEqual(['marketing-answered', 'double-opt-in', 'collision']);
  });

  test('keeps the reason why a warning was accepted', () => {
    const bare = parsed({ ...hello, nodes: { hello: say('Hello!'), done: end } });
    const accepted = [{ code: 'text.first', reason: 'Staff only.' }];
    const proof = prove(bare, open, { accepted });
    expect(proof.findings).toMatchObject([{ code: 'text.first', accepted: 'Staff only.' }]);
    const result = proof.certificate.results.find(({ property }) => property === 'first-text');
    expect(result?.accepted).toEqual(accepted);
  });

  test('does not accept an error that was shown to happen', () => {
    const dead = parsed({ nodes: { ask: ask(FIRST), done: end }, edges: ['ask.yes > done'] });
    const proof = prove(dead, open, { accepted: [{ code: 'port.open', reason: 'Never mind.' }] });
    expect(proof.blocking.length).toBeGreaterThan(0);
    expect(proof.blocking.every(({ accepted }) => accepted === undefined)).toBe(true);
  });

  test('is bounded only for somebody who said why that is enough', () => {
    const flow = parsed(bigFlow(60));
    const cut = prove(flow, open, { maxStates: 50 });
    expect(cut.bounded).toBe(true);
    expect(cut.blocking.map(({ code }) => code)).toContain('explored.bounded');
    expect(cut.certificate.bounded?.depth).toBeGreaterThanOrEqual(0);
    const accepted = [{ code: 'explored.bounded', reason: 'Tried by hand.' }];
    const codes = prove(flow, open, { maxStates: 50, accepted }).blocking.map(({ code }) => code);
    expect(codes).not.toContain('explored.bounded');
  });

  test('is exact for small flows, and says so when it is not', () => {
    expect(certificate.exact).toBe(true);
    expect(prove(parsed(bigFlow(100)), open).certificate).toMatchObject({ exact: false, bounded: null });
  });
});
