import { describe, expect, test } from '@jest/globals';
import type { ContactState } from '#flows/engine/world.ts';
import { happens, person } from '../support/deciding.ts';
import { PERSON, published, worldOf } from '../support/phone-stage.ts';

describe('a list for people of an age', () => {
  const wine = { optIn: 'single', minimumAge: 21, countries: { GB: { minimumAge: 18 } } } as const;
  const flow = (years: number) =>
    published({
      schemaVersion: 1,
      name: 'Wine',
      triggers: [{ kind: 'keyword', words: ['WINE'] }],
      nodes: [
        { id: 'old', kind: 'age', config: { text: 'When were you born?', years, retries: 0, timeout: '1h' } },
        { id: 'join', kind: 'subscribe', config: { list: 'wine' } },
        { id: 'done', kind: 'end', config: {} },
      ],
      edges: [
        ...['old-enough', 'too-young', 'other', 'timeout'].map((port) => ({ from: 'old', port, to: 'join' })),
        { from: 'old', port: 'suppressed', to: 'done' },
        { from: 'join', port: 'next', to: 'done' },
      ],
      start: 'old',
    });
  const offer = { kind: 'text', text: 'A bottle', purpose: 'marketing', list: 'wine' } as const;
  const NOW = Date.parse('2026-11-22T12:00:00Z');

  function stands(years: number, answer: string, phone = PERSON): unknown[] {
    const world = { ...worldOf([flow(years)]), lists: new Map([['wine', wine]]) };
    const contact: ContactState = { ...person(), phone, consents: {} };
    for (const text of ['WINE', answer]) happens(contact, { kind: 'message', text, at: NOW }, world);
    const { route } = happens(contact, { ...offer, at: NOW }, world);
    return [contact.consents.wine?.state, route.by === 'text' && route.refused];
  }

  test.each([
    ['is joined by whoever is old enough', 21, '22 Nov 2005', PERSON, ['confirmed', null]],
    ['is not by somebody a day too young', 21, '23 Nov 2005', PERSON, ['pending', 'no-consent']],
    ['is not by somebody who was asked for fewer years', 18, '1 May 1980', PERSON, ['pending', 'no-consent']],
    ['is where their country asks for fewer', 18, '22 Nov 2008', '+447700900001', ['confirmed', null]],
    ['is not by somebody who does not say', 21, 'why?', PERSON, ['pending', 'no-consent']],
  ] as const)('%s', (_, years, answer, phone, outcome) => {
    expect(stands(years, answer, phone)).toEqual(outcome);
  });

  test.each(['22 Nov 1980', '٢٢/١١/١٩٨٠'])(
    'keeps no day of birth, nor as the evidence of what follows: %s',
    (born) => {
      const world = { ...worldOf([flow(21)]), lists: new Map([['wine', wine]]) };
      const contact: ContactState = { ...person(), consents: {} };
      const decisions = ['WINE', born].map((text) =>
        happens(contact, { kind: 'message', text, at: NOW }, world),
      );
      expect(contact.consents.wine?.state).toBe('confirmed');
      expect(
        JSON.stringify([decisions, contact.runs.map(({ position, entry }) => [position, entry])]),
      ).not.toMatch(/1980|١٩٨٠/);
    },
  );

  test('sends nothing to those who joined before it asked, until they answer', () => {
    const world = { ...worldOf([flow(21)]), lists: new Map([['wine', wine]]) };
    const contact = { ...person(), consents: { wine: { state: 'confirmed', because: 'opt-in' } as const } };
    const refused = () => {
      const { route } = happens(contact, { ...offer, at: NOW }, world);
      return route.by === 'text' && route.refused;
    };
    expect(refused()).toBe('too-young');
    happens(contact, { kind: 'message', text: 'WINE', at: NOW }, world);
    const { effects } = happens(contact, { kind: 'message', text: '1 May 1980', at: NOW }, world);
    expect(effects).toContainEqual({
      kind: 'age',
      years: 21,
      from: 'none',
      to: 'confirmed',
      because: 'age',
    });
    expect(JSON.stringify([effects, contact])).not.toContain('1980');
    expect(refused()).toBeNull();
    happens(contact, { kind: 'consent', words: null, do: 'erase', at: NOW }, world);
    expect(contact.ages).toEqual({ 21: 'revoked' });
  });
});
