import type { Line } from './people.ts';

/** The contest that counts the votes. */
export const VOTE = 'final';

/** A vote on television: a word, one vote each, an answer to everybody. */
export const voteFlow = {
  schemaVersion: 1,
  name: 'The final',
  languages: ['en'],
  triggers: [{ kind: 'keyword', words: ['VOTE'], match: 'first-word', sender: '*' }],
  nodes: [
    { id: 'count', kind: 'contest-entry', config: { contest: VOTE } },
    { id: 'thanks', kind: 'message', config: { text: 'Thank you, your vote counts.', purpose: 'reply' } },
    { id: 'again', kind: 'message', config: { text: 'You have voted already.', purpose: 'reply' } },
    { id: 'late', kind: 'message', config: { text: 'The vote is closed.', purpose: 'reply' } },
    { id: 'done', kind: 'end', config: {} },
  ],
  edges: [
    { from: 'count', port: 'entered', to: 'thanks' },
    { from: 'count', port: 'already', to: 'again' },
    { from: 'count', port: 'closed', to: 'late' },
    { from: 'thanks', port: 'next', to: 'done' },
    { from: 'again', port: 'next', to: 'done' },
    { from: 'late', port: 'next', to: 'done' },
  ],
  start: 'count',
};

/** What people hear the first time they vote. */
export const FIRST: Line = { says: 'VOTE 7', hears: 'Thank you, your vote counts.' };

/** The same, and what they hear each time after. */
export const BALLOT: readonly Line[] = [FIRST, { says: FIRST.says, hears: 'You have voted already.' }];
