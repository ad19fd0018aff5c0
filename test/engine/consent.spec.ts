import { describe, expect, test } from '@jest/globals';
import { createActor } from 'xstate';
import {
  CONSENT_EVENTS,
  CONSENT_STATES,
  type ConsentEvent,
  type ConsentState,
  listConsent,
  nextConsent,
} from '#flows/engine/consent/list-consent.ts';
import {
  nextStanding,
  programStanding,
  type Standing,
  STANDING_EVENTS,
  STANDINGS,
  type StandingEvent,
} from '#flows/engine/consent/standing.ts';
import { consentNow, lapsesAt, type ListPolicy, policyFor } from '#flows/engine/consent/terms.ts';
import type { decide } from '#flows/engine/decide.ts';
import { gate } from '#flows/engine/gate.ts';
import type { ConsentOrder, ContactState, Decision } from '#flows/engine/world.ts';
import { happens, person, WORLD } from '../support/deciding.ts';
import { published, worldOf } from '../support/phone-stage.ts';

/** What every event does in every state; a column for each of join, confirm, import, revoke, restore, expire. */
const CONSENTS: Record<ConsentState, readonly ConsentState[]> = {
  none: ['pending', 'confirmed', 'confirmed', 'revoked', 'none', 'none'],
  pending: ['pending', 'confirmed', 'confirmed', 'revoked', 'pending', 'expired'],
  confirmed: ['confirmed', 'confirmed', 'confirmed', 'revoked', 'confirmed', 'expired'],
  revoked: ['pending', 'confirmed', 'revoked', 'revoked', 'confirmed', 'revoked'],
  expired: ['pending', 'confirmed', 'confirmed', 'revoked', 'expired', 'expired'],
};

/** The same for stop, doubt, release, return, reopen. */
const PROGRAM: Record<Standing, readonly Standing[]> = {
  open: ['stopped', 'frozen', 'open', 'open', 'frozen'],
  frozen: ['stopped', 'frozen', 'open', 'open', 'frozen'],
  stopped: ['stopped', 'stopped', 'stopped', 'open', 'frozen'],
};

describe('consent to a list', () => {
  test.each(CONSENT_STATES.flatMap((from) => CONSENT_EVENTS.map((event, at) => [from, event, at] as const)))(
    '%s, %s',
    (from, event, at) => {
      expect(nextConsent(from, event)).toBe(CONSENTS[from][at]);
    },
  );

  test('is moved as an actor of its machine would move it', () => {
    const ways: ConsentEvent[][] = CONSENT_EVENTS.flatMap((a) =>
      CONSENT_EVENTS.flatMap((b) => CONSENT_EVENTS.map((c) => [a, b, c])),
    );
    for (const way of ways) {
      const actor = createActor(listConsent).start();
      for (const type of way) actor.send({ type });
      expect(way.reduce(nextConsent, 'none')).toBe(actor.getSnapshot().value);
    }
  });

  test('never comes back by an import or by time once it was revoked', () => {
    expect((['import', 'expire', 'revoke'] as const).map((event) => nextConsent('revoked', event))).toEqual(
      Array(3).fill('revoked'),
    );
  });
});

describe('standing with a program', () => {
  test.each(STANDINGS.flatMap((from) => STANDING_EVENTS.map((event, at) => [from, event, at] as const)))(
    '%s, %s',
    (from, event, at) => {
      expect(nextStanding(from, event)).toBe(PROGRAM[from][at]);
    },
  );

  test('is moved as an actor of its machine would move it', () => {
    const ways: StandingEvent[][] = STANDING_EVENTS.flatMap((a) => STANDING_EVENTS.map((b) => [a, b]));
    for (const way of ways) {
      const actor = createActor(programStanding).start();
      for (const type of way) actor.send({ type });
      expect(way.reduce(nextStanding, 'open')).toBe(actor.getSnapshot().value);
    }
  });
});

const DAY = 86_400_000;

const says = (contact: ContactState, text: string): Decision =>
  happens(contact, { kind: 'message', text, at: 0 });

type Doing = ConsentOrder extends infer One
  ? One extends unknown
    ? Omit<One, 'kind' | 'words' | 'at'>
    : never
  : never;
const order = (contact: ContactState, doing: Doing): Decision =>
  happens(contact, { kind: 'consent', words: null, at: 0, ...doing });

const orderIn = (terms: ListPolicy, contact: ContactState, doing: Doing, at: number): Decision =>
  happens(
    contact,
    { kind: 'consent', words: null, ...doing, at },
    { ...WORLD, lists: new Map([['news', terms]]) },
  );

const moves = ({ effects }: Decision): string[] =>
  effects.flatMap((effect) =>
    effect.kind === 'standing' || effect.kind === 'consent'
      ? [`${effect.kind} ${effect.from} ${effect.to} ${effect.because}`]
      : effect.kind === 'send' || effect.kind === 'cancel-unsent'
        ? [effect.kind]
        : [],
  );

describe('words that may be a STOP', () => {
  test('hold back what needs consent and nothing else', () => {
    const frozen = { consent: 'confirmed', stopped: false, frozen: true, answersMessage: false } as const;
    const purposes = ['marketing', 'service', 'code', 'legal'] as const;
    expect(purposes.map((purpose) => gate({ ...frozen, purpose }))).toEqual(['frozen', 'frozen', null, null]);
    expect(gate({ ...frozen, purpose: 'reply', answersMessage: true })).toBeNull();
  });

  test('freeze, are read one by one, and a STOP goes further', () => {
    const contact = person();
    expect(moves(says(contact, 'not interested'))).toEqual(['standing open frozen unsure']);
    expect(moves(says(contact, 'wrong number'))).toEqual(['standing frozen frozen unsure']);
    expect(contact).toMatchObject({ frozen: true, stopped: false });
    expect(moves(says(contact, 'stop texting me'))).toEqual([
      'consent confirmed revoked stop',
      'cancel-unsent',
      'standing frozen stopped stop',
      'send',
    ]);
    expect(moves(says(contact, 'not interested'))).toEqual([]);
  });

  test('are revoked by whoever reads them, confirmed only where that is soon, and that can be taken back', () => {
    const contact = person();
    says(contact, 'not interested');
    expect(moves(order(contact, { do: 'revoke', confirm: false }))).toEqual([
      'consent confirmed revoked person',
      'cancel-unsent',
      'standing frozen stopped person',
    ]);
    expect(moves(order(contact, { do: 'reopen' }))).toEqual([
      'standing stopped frozen undone',
      'consent revoked confirmed undone',
    ]);
    expect(moves(order(contact, { do: 'revoke', confirm: true })).at(-1)).toBe('send');
  });

  test('are released by whoever reads that they are none', () => {
    const contact = person();
    says(contact, 'not interested');
    expect(moves(order(contact, { do: 'release' }))).toEqual(['standing frozen open person']);
    expect(contact.consents.news?.state).toBe('confirmed');
  });
});

describe('a text that is read after a later STOP', () => {
  const joins = published({
    schemaVersion: 1,
    name: 'Club',
    triggers: [{ kind: 'keyword', words: ['JOIN'] }],
    nodes: [
      { id: 'join', kind: 'subscribe', config: { list: 'news' } },
      { id: 'in', kind: 'message', config: { text: "You're in.", purpose: 'reply' } },
    ],
    edges: [{ from: 'join', port: 'next', to: 'in' }],
    start: 'join',
  });
  const world = worldOf([joins], { news: 'single' });
  const readLate = (contact: ContactState, text: string, saidAt: number) =>
    happens(contact, { kind: 'message', text, saidAt, at: 10 }, world);

  test.each(['STOP', 'not interested'])('takes back no “%s”', (stop) => {
    const contact = person();
    happens(contact, { kind: 'message', text: stop, at: 5 }, world);
    const { stopped, frozen } = contact;
    for (const text of ['JOIN', 'START', 'YES']) {
      const decision = readLate(contact, text, 4);
      expect([moves(decision), decision.route.by]).toEqual([[], 'overtaken']);
    }
    expect(contact).toMatchObject({ stopped, frozen });
    expect(moves(readLate(contact, 'HELP', 4))).toEqual(['send']);
    expect(moves(readLate(contact, 'JOIN', 6))).toContainEqual(
      expect.stringMatching(/^standing \w+ open opt-in$/),
    );
  });

  test('puts nobody on a list whom they have left since', () => {
    const contact = person();
    contact.consents.news = { state: 'revoked', because: 'unsubscribe', since: 5 };
    readLate(contact, 'JOIN', 4);
    expect(contact.consents.news.state).toBe('revoked');
    readLate(contact, 'JOIN', 6);
    expect(contact.consents.news.state).toBe('confirmed');
  });

  test('is a STOP all the same where it is one', () => {
    const contact = person();
    happens(contact, { kind: 'message', text: 'not interested', at: 5 }, world);
    readLate(contact, 'STOP', 4);
    expect(contact.stopped).toBe(true);
  });
});

test('a campaign or the API puts nobody on a list who has said nothing, nor opens what waits to be read', () => {
  const flow = published({
    schemaVersion: 1,
    name: 'Club',
    triggers: [{ kind: 'keyword', words: ['JOIN'] }],
    nodes: [
      { id: 'wait', kind: 'delay', config: { duration: '1h' } },
      { id: 'join', kind: 'subscribe', config: { list: 'news' } },
    ],
    edges: [{ from: 'wait', port: 'next', to: 'join' }],
    start: 'wait',
  });
  const world = worldOf([flow], { news: 'single' });
  const after = (contact: ContactState, begin: Parameters<typeof decide>[0]) => {
    happens(contact, begin, world);
    const [run] = contact.runs;
    happens(contact, { kind: 'wake', runId: run?.id ?? '', seq: run?.seq ?? 0, at: 9 }, world);
    return contact.consents.news?.state;
  };
  const stranger = (): ContactState => ({ ...person(), consents: {} });
  expect(after(stranger(), { kind: 'start', flow, at: 0 })).toBe('pending');
  expect(after(stranger(), { kind: 'message', text: 'JOIN', at: 0 })).toBe('confirmed');
  const frozen: ContactState = { ...person(), frozen: true };
  expect([after(frozen, { kind: 'start', flow, at: 0 }), frozen.frozen]).toEqual(['confirmed', true]);
});

describe('an order about consent', () => {
  test('of the gateway stops without another confirmation, and START gives back what it took', () => {
    const contact = person();
    expect(moves(order(contact, { do: 'block' }))).toEqual([
      'consent confirmed revoked gateway',
      'cancel-unsent',
      'standing open stopped gateway',
    ]);
    expect(contact.blocked).toBe(true);
    expect(moves(says(contact, 'START'))).toEqual([
      'standing stopped open start',
      'consent revoked confirmed start',
      'send',
    ]);
  });

  test('of an import grants what was never revoked', () => {
    const contact = person();
    contact.consents = {};
    expect(moves(order(contact, { do: 'grant', list: 'news' }))).toEqual(['consent none confirmed import']);
    order(contact, { do: 'block' });
    expect(moves(order(contact, { do: 'grant', list: 'news' }))).toEqual([]);
    expect(moves(order(contact, { do: 'grant', list: 'club' }))).toEqual([]);
  });

  test('of time counts only while the consent still stands as it did, and is over by its terms', () => {
    const terms = { optIn: 'double', lastsDays: 10 } as const;
    const lapse = (contact: ContactState, from: ConsentState, days: number) =>
      moves(orderIn(terms, contact, { do: 'lapse', list: 'news', from }, days * DAY));
    const contact = person(0);
    expect(lapse(contact, 'pending', 10)).toEqual([]);
    expect(lapse(contact, 'confirmed', 9)).toEqual([]);
    expect(lapse(contact, 'confirmed', 10)).toEqual(['consent confirmed expired lapsed']);
    expect(lapse(person(), 'confirmed', 10)).toEqual([]);
  });

  test('to forget somebody revokes everything, and a STOP stays', () => {
    const contact = person();
    says(contact, 'STOP');
    expect(moves(order(contact, { do: 'erase' }))).toEqual([
      'consent revoked revoked erased',
      'cancel-unsent',
    ]);
    expect(contact.stopped).toBe(true);
    expect(moves(order(contact, { do: 'erase' }))).toEqual(['cancel-unsent']);
    const unread = person();
    says(unread, 'not interested');
    expect(moves(order(unread, { do: 'erase' }))).toEqual([
      'consent confirmed revoked erased',
      'cancel-unsent',
      'standing frozen stopped erased',
    ]);
  });
});

test.each([
  ['erased', 'erase'],
  ['given up', 'give-up'],
] as const)(
  'whoever has a number next that was %s after a STOP gets nothing back by their START',
  (_, doing) => {
    for (const before of ['STOP', 'not interested', 'hello']) {
      const contact = { ...person(), ages: { 18: 'confirmed' as const } };
      says(contact, before);
      order(contact, { do: doing });
      says(contact, 'START');
      expect(contact).toMatchObject({
        stopped: false,
        consents: { news: { state: 'revoked' } },
        ages: { 18: 'revoked' },
      });
    }
  },
);

describe('the terms of a list', () => {
  const policy: ListPolicy = {
    optIn: 'single',
    basis: 'implied',
    impliedDays: 700,
    asksHours: 48,
    countries: { CA: { impliedDays: 180 }, DE: { optIn: 'double', basis: 'express', lastsDays: 730 } },
  };
  const held = (because: 'implied' | 'opt-in' | 'undone', state: ConsentState = 'confirmed') =>
    ({ state, because, since: 0 }) as const;

  test.each([
    ['implied, at home', '+447700900001', held('implied'), 700],
    ['implied, where it lasts less long', '+14165550123', held('implied'), 180],
    ['implied, where it does not count', '+4915112345678', held('implied'), 0],
    ['express, at home', '+447700900001', held('opt-in'), null],
    ['express, where it lapses', '+4915112345678', held('opt-in'), 730],
    ['given back by somebody of ours, where it may have been implied', '+14165550123', held('undone'), 180],
    ['given back by somebody of ours, where only express counts', '+4915112345678', held('undone'), 730],
    ['a question', '+4915112345678', held('opt-in', 'pending'), 2],
    ['what was left', '+447700900001', held('implied', 'revoked'), null],
  ] as const)('%s', (_, phone, consent, days) => {
    const terms = policyFor(policy, phone);
    const at = days === null ? null : days * DAY;
    expect(lapsesAt(consent, terms)).toBe(at);
    expect(consentNow(consent, terms, at ?? 0)).toBe(at === null ? consent.state : 'expired');
    if (at) expect(consentNow(consent, terms, at - 1)).toBe(consent.state);
  });

  test('hold at the gate before anybody has noted that a consent is over', () => {
    const offer = { kind: 'text', text: 'Half price', purpose: 'marketing', list: 'news' } as const;
    const world = { ...WORLD, lists: new Map([['news', { optIn: 'single', lastsDays: 10 } as const]]) };
    const refused = (at: number) => happens(person(0), { ...offer, at }, world).route;
    expect(refused(10 * DAY - 1)).toMatchObject({ refused: null });
    expect(refused(10 * DAY)).toMatchObject({ refused: 'no-consent' });
  });
});

describe('START', () => {
  test('gives back what the STOP to this program took, and nothing that another one’s did', () => {
    const contact = person(0);
    contact.stopped = true;
    contact.standingSince = 5;
    contact.consents = {
      news: { state: 'revoked', because: 'stop', since: 5 },
      club: { state: 'revoked', because: 'stop', since: 3 },
      wine: { state: 'revoked', because: 'unsubscribe', since: 5 },
    };
    expect(moves(says(contact, 'START'))).toEqual([
      'standing stopped open start',
      'consent revoked confirmed start',
      'send',
    ]);
    expect(contact.consents.club?.state).toBe('revoked');
  });
});
