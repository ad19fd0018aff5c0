/** How long the question of a race waits, in milliseconds. */
export const RACE_MS = 2_000;

/** What a race ends with: the person's own text, or that none came in time. */
export const HEARD = 'heard now';
export const TOO_LATE = 'too late';

const said = (text: string) => ({ kind: 'message', config: { text, purpose: 'legal' } });

/** A question with a short timeout: a reply that races it wins or loses, and one of both happens once. */
export const RACING = {
  schemaVersion: 1,
  name: 'Races',
  languages: ['en'],
  triggers: [{ kind: 'keyword', words: ['RACE'], match: 'exact', sender: '*' }],
  nodes: [
    {
      id: 'ask',
      kind: 'question',
      config: { text: 'ready?', answers: [], saveAs: 'reply', timeout: `${RACE_MS / 1_000}s` },
    },
    { id: 'heard', ...said('heard {{answers.reply}}') },
    { id: 'late', ...said(TOO_LATE) },
    { id: 'done', kind: 'end', config: {} },
  ],
  edges: [
    { from: 'ask', port: 'answered', to: 'heard' },
    { from: 'ask', port: 'timeout', to: 'late' },
    { from: 'heard', port: 'next', to: 'done' },
    { from: 'late', port: 'next', to: 'done' },
  ],
  start: 'ask',
};
