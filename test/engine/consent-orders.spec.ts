import { describe, expect, test } from '@jest/globals';
import { lapsesAt } from '#flows/engine/consent/terms.ts';
import type { Effect } from '#flows/engine/effects.ts';
import type { ConsentOrder, ContactState } from '#flows/engine/world.ts';
import { happens, person } from '../support/deciding.ts';

const ordered = (contact: ContactState, order: Partial<ConsentOrder> & Pick<ConsentOrder, 'do'>): Effect[] =>
  happens(contact, { kind: 'consent', words: null, at: 9, ...order } as ConsentOrder).effects;
const kinds = (effects: readonly Effect[]): string[] => effects.map(({ kind }) => kind);

describe('STOP', () => {
  test('takes what is confirmed or asked for, and leaves what is over as it is', () => {
    const contact = person(0);
    contact.consents = {
      news: { state: 'confirmed', because: 'opt-in', since: 0 },
      club: { state: 'pending', because: 'asked', since: 0 },
      wine: { state: 'expired', because: 'lapsed', since: 0 },
      beer: { state: 'revoked', because: 'unsubscribe', since: 0 },
    };
    happens(contact, { kind: 'message', text: 'STOP', at: 9 });
    expect(contact.consents).toEqual({
      news: { state: 'revoked', because: 'stop', since: 9 },
      club: { state: 'revoked', because: 'unsubscribe', since: 9 },
      wine: { state: 'expired', because: 'lapsed', since: 0 },
      beer: { state: 'revoked', because: 'unsubscribe', since: 0 },
    });
  });
});

describe('a number that was given up', () => {
  test('is stopped, and told nothing: somebody else may have it by now', () => {
    const contact = person(0);
    expect(kinds(ordered(contact, { do: 'give-up' }))).toEqual(['consent', 'cancel-unsent', 'standing']);
    expect(contact).toMatchObject({ stopped: true, consents: { news: { state: 'revoked' } } });
  });
});

describe('to forget somebody', () => {
  test('is no STOP where they said none', () => {
    const contact = person(0);
    expect(kinds(ordered(contact, { do: 'erase' }))).toEqual(['consent', 'cancel-unsent']);
    expect(contact.stopped).toBe(false);
  });
});

describe('a consent from a file', () => {
  test.each([
    ['express', 'import'],
    ['implied', 'implied'],
    [undefined, 'import'],
  ] as const)('of the basis %s is kept as %s, from the day it was given', (basis, because) => {
    const contact = { ...person(), consents: {} };
    ordered(contact, { do: 'grant', list: 'news', basis, since: 3 });
    expect(contact.consents).toEqual({ news: { state: 'confirmed', because, since: 3 } });
  });
});

describe('a consent lapses', () => {
  const confirmed = { state: 'confirmed', because: 'opt-in' } as const;

  test('never where nobody knows when it began, or where the list says nothing of time', () => {
    expect(lapsesAt(confirmed, { optIn: 'single', lastsDays: 10 })).toBeNull();
    expect(lapsesAt({ ...confirmed, since: 0 }, { optIn: 'single' })).toBeNull();
    const asked = { state: 'pending', because: 'asked', since: 5 } as const;
    expect(lapsesAt(asked, { optIn: 'double' })).toBeNull();
    expect(lapsesAt(asked, { optIn: 'double', asksHours: null })).toBeNull();
    expect(lapsesAt(asked, { optIn: 'double', asksHours: 1 })).toBe(3_600_005);
  });

  test('after the shorter time where it was given back and may have been implied', () => {
    const given = { ...confirmed, because: 'undone', since: 0 } as const;
    const terms = { optIn: 'single', basis: 'implied' } as const;
    const days = (lastsDays: number | null, impliedDays: number | null) =>
      lapsesAt(given, { ...terms, lastsDays, impliedDays });
    expect([days(20, 10), days(10, 20), days(null, 10), days(10, null)]).toEqual(
      Array(4).fill(10 * 86_400_000),
    );
    expect(days(null, null)).toBeNull();
  });
});
