import { describe, expect, test } from '@jest/globals';
import { consentAfterJoining, gate } from '#flows/engine/gate.ts';

const PURPOSES = ['reply', 'service', 'marketing', 'code', 'legal'] as const;
const STATES = ['none', 'pending', 'confirmed', 'revoked'] as const;
const BOTH = [true, false];

const questions = PURPOSES.flatMap((purpose) =>
  STATES.flatMap((consent) =>
    BOTH.flatMap((stopped) => BOTH.map((answersMessage) => ({ purpose, consent, stopped, answersMessage }))),
  ),
);

describe('the consent gate', () => {
  test('lets marketing through in one case of all: confirmed, and no STOP', () => {
    const passed = questions.filter(
      (question) => question.purpose === 'marketing' && gate(question) === null,
    );
    expect(new Set(passed.map(({ consent, stopped }) => `${consent} ${stopped}`))).toEqual(
      new Set(['confirmed false']),
    );
  });

  test('lets nothing through after STOP but the answer to a fresh text', () => {
    const passed = questions.filter((question) => question.stopped && gate(question) === null);
    expect(passed.every(({ purpose, answersMessage }) => purpose === 'reply' && answersMessage)).toBe(true);
    expect(passed.length).toBe(STATES.length);
  });

  test('lets a reply through only where there is something to reply to', () => {
    const replies = questions.filter(({ purpose }) => purpose === 'reply');
    expect(
      replies.filter((question) => gate(question) === null).every(({ answersMessage }) => answersMessage),
    ).toBe(true);
  });

  test('says why', () => {
    const asked = { consent: 'none', stopped: false, answersMessage: false } as const;
    expect(gate({ ...asked, purpose: 'marketing' })).toBe('no-consent');
    expect(gate({ ...asked, purpose: 'reply' })).toBe('not-a-reply');
    expect(gate({ ...asked, purpose: 'service', stopped: true })).toBe('stopped');
  });
});

describe('joining', () => {
  test.each([
    ['none', 'single', 'single', 'confirmed'],
    ['none', 'double', 'single', 'pending'],
    ['none', 'double', 'asked', 'pending'],
    ['none', 'single', 'asked', 'pending'],
    ['pending', 'double', 'double', 'confirmed'],
    ['revoked', 'double', 'single', 'pending'],
    ['revoked', 'double', 'double', 'confirmed'],
    ['confirmed', 'double', 'asked', 'confirmed'],
  ] as const)('from %s on a %s opt-in list by %s is %s', (from, optIn, proof, to) => {
    expect(consentAfterJoining(from, { optIn }, proof)).toBe(to);
  });
});
