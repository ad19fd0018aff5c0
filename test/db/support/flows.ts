import { TEMPLATES } from '#flows/templates/index.ts';

/** The definition of a template, or an error that says there is none. */
export function template(id: string): unknown {
  const found = TEMPLATES.find((one) => one.id === id);
  if (!found) throw new Error(`There is no template "${id}".`);
  return found.definition;
}

/** One question after the other, each kept: what it heard and in which order can be read from its texts. */
export function counting(word: string, questions: number): unknown {
  const id = (n: number): string => (n < questions ? `q${n}` : 'done');
  const numbers = Array.from({ length: questions }, (_, n) => n);
  return {
    schemaVersion: 1,
    name: `Counts ${word}`,
    languages: ['en'],
    triggers: [{ kind: 'keyword', words: [word], match: 'exact', sender: '*' }],
    nodes: [
      ...numbers.map((n) => ({
        id: id(n),
        kind: 'question',
        config: {
          text: n === 0 ? `${n}` : `${n} after {{answers.a${n - 1}}}`,
          answers: [],
          saveAs: `a${n}`,
          timeout: '24h',
        },
      })),
      { id: 'done', kind: 'end', config: {} },
    ],
    edges: numbers.flatMap((n) => [
      { from: id(n), port: 'answered', to: id(n + 1) },
      { from: id(n), port: 'timeout', to: 'done' },
    ]),
    start: 'q0',
  };
}
