import { describe, expect, test } from '@jest/globals';
import { consentAfterJoining, gate, liftsStop } from '#flows/engine/gate.ts';

const PURPOSES = ['reply', 'service', 'marketing', 'code', 'legal'] as const;
const STATES = ['none', 'pending', 'confirmed', 'revoked'] as const;
const BOTH = [true, false];

const questions = PURPOSES.flatMap((purpose) =>
  STATES.flatMap((consent) =>
    BOTH.flatMap((stopped) =>
      BOTH.flatMap((frozen) =>
        BOTH.flatMap((tooYoung) =>
          BOTH.map((answersMessage) => ({ purpose, consent, stopped, frozen, tooYoung, answersMessage })),
        ),
      ),
    ),
  ),
);
const passed = questions.filter((question) => gate(question) === null);

describe('the consent gate', () => {
  test('lets marketing through in one case of all: confirmed, old enough, no STOP, and nothing that may be one', () => {
    const marketing = passed.filter(({ purpose }) => purpose === 'marketing');
    expect(marketing).toEqual(
      BOTH.map((answersMessage) => ({
        purpose: 'marketing',
        consent: 'confirmed',
        stopped: false,
        frozen: false,
        tooYoung: false,
        answersMessage,
      })),
    );
  });

  test('lets nothing through after STOP but the answer to a fresh text', () => {
    const after = passed.filter(({ stopped }) => stopped);
    expect(after).toEqual(
      questions.filter((one) => one.stopped && one.purpose === 'reply' && one.answersMessage),
    );
  });

  test('lets a reply through where there is something to reply to, and nowhere else', () => {
    const replies = questions.filter(({ purpose }) => purpose === 'reply');
    expect(passed.filter(({ purpose }) => purpose === 'reply')).toEqual(
      replies.filter(({ answersMessage }) => answersMessage),
    );
  });

  test('holds back what needs consent while a text that may be a STOP is unread, and nothing else', () => {
    const open = passed.filter(({ frozen, stopped }) => frozen && !stopped);
    expect(new Set(open.map(({ purpose }) => purpose))).toEqual(new Set(['reply', 'code', 'legal']));
  });

  test('says why', () => {
    const asked = { consent: 'none', stopped: false, answersMessage: false } as const;
    expect(gate({ ...asked, purpose: 'marketing' })).toBe('no-consent');
    expect(gate({ ...asked, purpose: 'marketing', frozen: true })).toBe('frozen');
    expect(gate({ ...asked, purpose: 'marketing', consent: 'confirmed', tooYoung: true })).toBe('too-young');
    expect(gate({ ...asked, purpose: 'reply' })).toBe('not-a-reply');
    expect(gate({ ...asked, purpose: 'reply', stopped: true })).toBe('stopped');
    expect(gate({ ...asked, purpose: 'service', stopped: true, frozen: true })).toBe('stopped');
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

  test.each([
    ['single', 'single'],
    ['double', 'double'],
  ] as const)('confirms nobody on a %s opt-in list with whom something is missing', (optIn, proof) => {
    expect(consentAfterJoining('none', { optIn }, proof, true)).toBe('pending');
  });

  test('lifts a STOP only where the person themselves has confirmed', () => {
    const lifting = STATES.flatMap((to) =>
      (['asked', 'single', 'double'] as const).flatMap((proof) =>
        liftsStop(to, proof) ? [`${to} ${proof}`] : [],
      ),
    );
    expect(lifting).toEqual(['confirmed single', 'confirmed double']);
  });
});
