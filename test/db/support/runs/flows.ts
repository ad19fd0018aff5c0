/** How long a version of the conversation waits, in seconds; null where it has no such step. */
export interface Waits {
  question: number;
  pause: number | null;
}

/** The versions of the conversation, by their numbers. */
export const VERSIONS: Readonly<Record<number, Waits>> = {
  1: { question: 3_600, pause: 1_800 },
  2: { question: 600, pause: 7_200 },
  3: { question: 10_800, pause: null },
};

export const REMINDER = 'Water the plants.';
/** When the reminder comes, on its person's clock, and for how long it may. */
export const REMINDED = { from: '09:00', to: '10:00' };

const END = { id: 'end', kind: 'end', config: {} };

/** Asks, calls another system about the answer, pauses and asks again, for ever; says from which version a text is. */
export function conversation(version: number): unknown {
  const { question, pause } = VERSIONS[version] ?? { question: 60, pause: null };
  const next = pause === null ? 'ask' : 'pause';
  return {
    schemaVersion: 1,
    name: 'Talks',
    languages: ['en'],
    triggers: [{ kind: 'keyword', words: ['TALK'], match: 'exact', sender: '*' }],
    nodes: [
      {
        id: 'ask',
        kind: 'question',
        config: {
          text: `v${version} asks`,
          answers: [],
          saveAs: 'said',
          timeout: `${question}s`,
          purpose: 'service',
        },
      },
      {
        id: 'call',
        kind: 'webhook',
        config: { url: 'https://far.example/', timeout: '10s', save: [{ from: '/call', as: 'call' }] },
      },
      { id: 'missed', kind: 'message', config: { text: `v${version} heard nothing`, purpose: 'service' } },
      ...(pause === null ? [] : [{ id: 'pause', kind: 'delay', config: { duration: `${pause}s` } }]),
      END,
    ],
    edges: [
      { from: 'ask', port: 'answered', to: 'call' },
      { from: 'ask', port: 'timeout', to: 'missed' },
      { from: 'missed', port: 'next', to: next },
      ...['ok', 'error', 'timeout'].map((port) => ({ from: 'call', port, to: next })),
      ...(pause === null ? [] : [{ from: 'pause', port: 'next', to: 'ask' }]),
    ],
    start: 'ask',
  };
}

/** Reminds every day, until somebody tells that it is done. */
export const reminder: unknown = {
  schemaVersion: 1,
  name: 'Reminds',
  languages: ['en'],
  triggers: [{ kind: 'keyword', words: ['REMIND'], match: 'exact', sender: '*' }],
  nodes: [
    {
      id: 'hour',
      kind: 'window',
      config: { hours: [{ days: [0, 1, 2, 3, 4, 5, 6], ...REMINDED }], zone: 'contact', wait: true },
    },
    { id: 'remind', kind: 'message', config: { text: REMINDER, purpose: 'service' } },
    { id: 'rest', kind: 'delay', config: { duration: '12h' } },
    END,
  ],
  edges: [
    { from: 'hour', port: 'open', to: 'remind' },
    { from: 'remind', port: 'next', to: 'rest' },
    { from: 'rest', port: 'next', to: 'hour' },
  ],
  start: 'hour',
};
