import { describe, expect, test } from '@jest/globals';
import { type Evidence, judge, NOTHING } from './support/judge.ts';
import { HEARD, TOO_LATE } from './support/racing-flow.ts';

const PHONE = '+12025000000';
const answer = (text: string) => ({
  accepted: true as const,
  status: 'decided' as const,
  id: '01980000-0000-7000-8000-000000000000',
  replies: [{ to: PHONE, from: '12345', text }],
});
const said = (turn: number, text: string, reply: string) => ({
  id: `${PHONE}-${turn}`,
  phone: PHONE,
  turn,
  text,
  isStop: text === 'STOP',
  isRefused: false,
  acknowledgedAt: turn * 10,
  answers: [answer(reply)],
});
const kept = (turn: number, reply: string) => ({
  id: `${PHONE}-${turn}`,
  status: 'decided',
  times: 1,
  replies: [{ id: `m${turn}`, text: reply, status: 'sent' }],
});
const request = (turn: number, at: number) => ({
  messageId: `m${turn}`,
  phone: PHONE,
  at,
  answer: 'takes' as const,
});

/** A person who said three texts and then STOP, everything as it should be. */
const good = (): Evidence => ({
  texts: [
    said(0, 'COUNT', '0'),
    said(1, 't0', '1 after t0'),
    said(2, 't1', '2 after t1'),
    said(3, 'STOP', 'Bye'),
  ],
  stored: [kept(0, '0'), kept(1, '1 after t0'), kept(2, '2 after t1'), kept(3, 'Bye')],
  requests: [request(0, 1), request(1, 11), request(2, 21), request(3, 31)],
  runs: [{ phone: PHONE, runs: 1, open: 0, steps: 3 }],
  consents: [{ phone: PHONE, stops: 1, isStopped: true, loose: 0 }],
  races: [],
  storedRaces: [],
});

/** Somebody whose reply came in time, as far as the answer to it says. */
const raced = (ends: readonly string[], kept = true): Partial<Evidence> => {
  const phone = '+13035000000';
  const texts = ['ready?', ...ends].map((text, n) => ({ id: `r${n}`, text }));
  const call = { ...said(0, 'RACE', 'ready?'), id: 'call', phone };
  const reply = { ...said(1, 'now', HEARD), id: 'reply', phone };
  const row = (id: string) => ({ id, status: 'decided', times: 1, replies: [] });
  return {
    races: [{ phone, call, reply }],
    storedRaces: [{ phone, runs: 1, open: ends.length > 0 ? 0 : 1, texts }],
    stored: [...good().stored, row('call'), row('reply')],
    requests: [
      ...good().requests,
      ...(kept
        ? texts.map(({ id }, n) => ({ messageId: id, phone, at: 50 + n, answer: 'takes' as const }))
        : []),
    ],
  };
};

const HARM: [string, Partial<Evidence>, object][] = [
  ['a text that is not stored', { stored: good().stored.slice(1) }, { lost: 1 }],
  [
    'a text that waits for ever',
    { stored: good().stored.map((row, turn) => (turn === 1 ? { ...row, status: 'pending' } : row)) },
    { lost: 1 },
  ],
  [
    'a text that is stored twice',
    { stored: good().stored.map((row, turn) => (turn === 1 ? { ...row, times: 2 } : row)) },
    { doubled: 1 },
  ],
  ['a person with two runs', { runs: [{ phone: PHONE, runs: 2, open: 0, steps: 3 }] }, { doubled: 1 }],
  ['a reply that was never sent', { requests: good().requests.slice(0, -1) }, { unsent: 1 }],
  [
    'a run that goes on although its text was refused',
    {
      stored: good().stored.map((row, turn) =>
        turn === 2 ? { ...row, replies: [{ id: 'm2', text: '2 after t1', status: 'failed' }] } : row,
      ),
      requests: good().requests.map((one, turn) => (turn === 2 ? { ...one, answer: 'refuses' } : one)),
      runs: [{ phone: PHONE, runs: 1, open: 1, steps: 3 }],
    },
    { untold: 1, unsent: 0, unheeded: 1 },
  ],
  ['a STOP that nobody entered', { consents: [] }, { unheeded: 1 }],
  [
    'a STOP that was entered twice',
    { consents: [{ phone: PHONE, stops: 2, isStopped: true, loose: 0 }] },
    { unheeded: 1 },
  ],
  [
    'a ledger with a loose entry',
    { consents: [{ phone: PHONE, stops: 1, isStopped: true, loose: 1 }] },
    { unheeded: 1 },
  ],
  [
    'a run that goes on after STOP',
    { runs: [{ phone: PHONE, runs: 1, open: 1, steps: 3 }] },
    { unheeded: 1 },
  ],
  ['a timeout that never came', raced([]), { lost: 1, order: 1 }],
  ['a race with two ends', raced([TOO_LATE, HEARD]), { doubled: 1 }],
  ['a reply that won by its answer only', raced([TOO_LATE]), { order: 1 }],
  ['the end of a race that was never sent', raced([HEARD], false), { unsent: 2 }],
  [
    'replies out of turn',
    { requests: [request(1, 11), request(0, 12), request(2, 21), request(3, 31)] },
    { order: 1 },
  ],
  [
    'one text after STOP, which may have been claimed',
    { requests: [request(0, 1), request(1, 11), request(2, 31), request(3, 32)] },
    { claimedAtStop: 1 },
  ],
  [
    'one text after the confirmation of STOP, which was on its way with it',
    { requests: [request(0, 1), request(1, 11), request(3, 22), request(2, 23)] },
    { claimedAtStop: 1, order: 0 },
  ],
  [
    'two texts after STOP',
    { requests: [request(0, 1), request(1, 31), request(2, 32), request(3, 33)] },
    { claimedAtStop: 1, afterStop: 1 },
  ],
  [
    'a text that was sent twice',
    { requests: [request(0, 1), request(0, 2), request(1, 11), request(2, 21), request(3, 31)] },
    { sentAgain: 1 },
  ],
];

describe('the checker of the faults', () => {
  test('finds nothing where everything fits', () => {
    expect(judge(good())).toEqual({ ...NOTHING, wrong: [] });
    expect(judge({ ...good(), ...raced([HEARD]) })).toEqual({ ...NOTHING, wrong: [] });
  });

  test.each(HARM)('finds %s', (_, change, found) => {
    expect(judge({ ...good(), ...change })).toMatchObject({ ...NOTHING, ...found });
  });
});
