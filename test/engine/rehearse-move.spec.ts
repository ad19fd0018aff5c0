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
}

/** Asks, then thanks; a change makes another version of it. */
function version({ text = 'Name?', id = 'ask', to = 'thank', after = 'Thank you', french }: Change = {}) {
  const flow = {
    schemaVersion: 1,
    name: 'Asks',
    languages: ['en', 'fr'],
    triggers: [{ kind: 'keyword', words: ['GO'], match: 'exact', sender: '*' }],
    nodes: [
      { id, kind: 'question', config: { text, answers: [], saveAs: 'name', timeout: '1h' } },
      { id: 'thank', kind: 'message', config: { text: after, purpose: 'service' } },
      { id: 'done', kind: 'end', config: {} },
    ],
    edges: [
      { from: id, port: 'answered', to },
      { from: id, port: 'timeout', to: 'done' },
      { from: 'thank', port: 'next', to: 'done' },
    ],
    start: id,
    translations: french === undefined ? {} : { fr: { [`${id}.text`]: french } },
  };
  return opened(flow).compiled;
}

/** The place in which the question waits. */
const PLACE = Object.keys(version().machine.states.ask?.states ?? {})[0] ?? '';
const verdict = (change: Change) => rehearseMove(version(), version(change), 'ask', PLACE);

describe('going on with another version', () => {
  test('is the same where nothing about the step has changed', () => {
    expect(verdict({})).toEqual({ verdict: 'same', changes: [] });
    expect(verdict({ after: 'Thanks, {{answers.name}}' })).toEqual({ verdict: 'same', changes: [] });
  });

  test.each<[string, Change, string[]]>([
    ['another text', { text: 'Your name?' }, ['config']],
    ['another way on', { to: 'done' }, ['lines']],
    ['another translation', { french: 'Nom ?' }, ['words']],
    ['an answer that nobody was asked for', { after: 'Thanks, {{answers.city}}' }, ['answers']],
  ])('tells %s', (_, change, changes) => {
    expect(verdict(change)).toEqual({ verdict: 'changed', changes });
  });

  test('is impossible where the step is gone, is another one, or has no such place', () => {
    expect(verdict({ id: 'ask-2' }).verdict).toBe('gone');
    expect(rehearseMove(version(), version(), 'thank', 'nowhere').verdict).toBe('gone');
    expect(rehearseMove(version(), version(), 'constructor', '').verdict).toBe('gone');
  });
});
