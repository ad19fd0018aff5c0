/** A flow of so many questions in a row, each with two answers and a time limit: a size without surprises. */
export function chain(length: number): unknown {
  const id = (n: number): string => (n < length - 1 ? `ask-${n}` : 'done');
  const asking = Array.from({ length: length - 1 }, (_, n) => n);
  return {
    schemaVersion: 1,
    name: `A chain of ${length}`,
    languages: ['en'],
    triggers: [{ kind: 'keyword', words: ['CHAIN'], match: 'first-word', sender: '*' }],
    nodes: [
      ...asking.map((n) => ({ id: id(n), kind: 'question', config: QUESTION })),
      { id: 'done', kind: 'end', config: {} },
    ],
    edges: asking.flatMap((n) => [
      { from: id(n), port: 'yes', to: id(n + 1) },
      { from: id(n), port: 'no', to: 'done' },
      { from: id(n), port: 'other', to: 'done' },
      { from: id(n), port: 'timeout', to: 'done' },
    ]),
    start: id(0),
  };
}

const QUESTION = {
  text: '{{program.brand}}: go on? Reply YES or NO.',
  answers: [
    { id: 'yes', words: ['YES', 'Y', 'OK'] },
    { id: 'no', words: ['NO', 'N'] },
  ],
  saveAs: 'answer',
  timeout: '24h',
};
