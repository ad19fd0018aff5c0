/** A step of a flow that is one line: its kind, its config, and the way by which the line goes on. */
export type LineStep = [kind: string, config: object, port: string];

/** A flow of steps one after the other, each left by the way that is named, the others open ends; starts with a keyword. */
export function lineFlow(word: string, ...steps: LineStep[]) {
  const idOf = (at: number) => (at < steps.length ? `step-${at}` : 'done');
  return {
    schemaVersion: 1,
    name: word,
    triggers: [{ kind: 'keyword', words: [word] }],
    nodes: [
      ...steps.map(([kind, config], at) => ({ id: idOf(at), kind, config })),
      { id: 'done', kind: 'end', config: {} },
    ],
    edges: steps.map(([, , port], at) => ({ from: idOf(at), port, to: idOf(at + 1) })),
    start: idOf(0),
  };
}

/** A step that sends a text whatever the time. */
export const saying = (text: string): LineStep => ['message', { text, purpose: 'service' }, 'next'];
