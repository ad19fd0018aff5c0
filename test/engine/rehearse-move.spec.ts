import { describe, expect, test } from '@jest/globals';
import { rehearseMove } from '#flows/engine/rehearse-move.ts';
import { opened } from '../support/phone-stage.ts';

interface Change {
  text?: string;
  kind?: string;
  id?: string;
  to?: string;
  after?: string;
  french?: string;
  timeout?: string | null;
}

/** Asks, then thanks; a change makes another version of it. */
function version(change: Change = {}) {
  const { text = 'Name?', id = 'ask', to = 'thank', after = 'Thank you', french, timeout = '1h' } = change;
  const flow = {
    schemaVersion: 1,
    name: 'Asks',
    languages: ['en', 'fr'],
    triggers: [{ kind: 'keyword', words: ['GO'], match: 'exact', sender: '*' }],
    nodes: [
      { id, kind: 'question', config: { text, answers: [], saveAs: 'name', ...(timeout && { timeout }) } },
      { id: 'thank', kind: 'message', config: { text: after, purpose: 'service' } },
      { id: 'done', kind: 'end', config: {} },
    ],
    edges: [
      { from: id, port: 'answered', to },
      ...(timeout ? [{ from: id, port: 'timeout', to: 'done' }] : []),
      { from: 'thank', port: 'next', to: 'done' },
    ],
    start: id,
    translations: french === undefined ? {} : { fr: { [`${id}.text`]: french } },
  };
  return opened(flow).compiled;
}

/** The place in which the question waits. */
const PLACE = Object.keys(version().chart.whole.states.ask?.states ?? {})[0] ?? '';
const KEEP = { do: 'keep' };
const verdict = (change: Change) => rehearseMove(version(), version(change), 'ask', PLACE);

describe('going on with another version', () => {
  test('is the same where nothing about the step has changed', () => {
    expect(verdict({})).toEqual({ verdict: 'same', changes: [], wait: KEEP });
    expect(verdict({ after: 'Thanks, {{answers.name}}' })).toEqual({
      verdict: 'same',
      changes: [],
      wait: KEEP,
    });
  });

  test.each<[string, Change, string[]]>([
    ['another text', { text: 'Your name?' }, ['config']],
    ['another way on', { to: 'done' }, ['lines']],
    ['another translation', { french: 'Nom ?' }, ['words']],
    ['an answer that nobody was asked for', { after: 'Thanks, {{answers.city}}' }, ['answers']],
  ])('tells %s', (_, change, changes) => {
    expect(verdict(change)).toEqual({ verdict: 'changed', changes, wait: KEEP });
  });

  test('tells how much longer or shorter people wait', () => {
    const wait = (before: Change, after: Change) =>
      rehearseMove(version(before), version(after), 'ask', 'wait-0').wait;
    expect(wait({}, { text: 'Your name?' })).toEqual(KEEP);
    expect(wait({}, { timeout: '3h' })).toEqual({ do: 'shift', seconds: 7_200 });
    expect(wait({ timeout: '2d' }, {})).toEqual({ do: 'shift', seconds: 3_600 - 172_800 });
    expect(wait({}, { timeout: null })).toEqual({ do: 'clear' });
    expect(wait({ timeout: null }, {})).toEqual({ do: 'set', seconds: 3_600 });
    expect(wait({ timeout: null }, { timeout: null })).toEqual(KEEP);
  });

  test('looks anew where the hours that are waited for have changed', () => {
    const hours = (from: string, to: string) => {
      const window = { hours: [{ days: [1], from, to }], zone: 'contact', wait: true };
      return opened({
        schemaVersion: 1,
        name: 'Hours',
        languages: ['en'],
        triggers: [{ kind: 'keyword', words: ['GO'], match: 'exact', sender: '*' }],
        nodes: [
          { id: 'open', kind: 'window', config: window },
          { id: 'done', kind: 'end', config: {} },
        ],
        edges: [{ from: 'open', port: 'open', to: 'done' }],
        start: 'open',
        translations: {},
      }).compiled;
    };
    const wait = (before: string, after: string) =>
      rehearseMove(hours(before, '17:00'), hours(after, '17:00'), 'open', 'wait').wait;
    expect(wait('09:00', '09:00')).toEqual(KEEP);
    expect(wait('09:00', '08:00')).toEqual({ do: 'set', seconds: 0 });
  });

  test('is impossible where the step is gone, is another one, or has no such place', () => {
    expect(verdict({ id: 'ask-2' }).verdict).toBe('gone');
    expect(rehearseMove(version(), version(), 'thank', 'nowhere').verdict).toBe('gone');
    expect(rehearseMove(version(), version(), 'constructor', '').verdict).toBe('gone');
  });
});
