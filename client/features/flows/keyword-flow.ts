import type { Definition } from '#flows/definition/schema.ts';
import { SCHEMA_VERSION } from '#flows/definition/schema.ts';

/** The smallest flow there is: a keyword, one text in answer, the end. */
export function keywordFlow(name: string, word: string): Definition {
  return {
    schemaVersion: SCHEMA_VERSION,
    name,
    languages: ['en'],
    triggers: [{ kind: 'keyword', words: [word], match: 'first-word', sender: '*' }],
    interruptible: { by: 'keywords', except: [] },
    nodes: [
      { id: 'answer', kind: 'message', config: { text: `Thanks for texting ${word}!`, purpose: 'reply' } },
      { id: 'done', kind: 'end', config: {} },
    ],
    edges: [{ from: 'answer', port: 'next', to: 'done' }],
    start: 'answer',
    translations: {},
    layout: { answer: { x: 0, y: 0 }, done: { x: 400, y: 0 } },
  };
}
