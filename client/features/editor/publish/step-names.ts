import type { Definition, FlowNode } from '#flows/definition/schema.ts';
import { boundStep, titleOf } from '../canvas/bound-step.ts';

/** Of a step's text so many words tell it from others of the same title. */
const WORDS = 5;

/** What steps are called where several may share a title, as those do that nobody gave one: the first words of their text tell them apart. */
export function stepNames(...definitions: readonly Definition[]): (step: FlowNode) => string {
  const called = new Map<string, Set<string>>();
  for (const step of definitions.flatMap(({ nodes }) => nodes)) {
    const title = titleOf(step);
    called.set(title, (called.get(title) ?? new Set()).add(step.id));
  }
  return (step) => {
    const title = titleOf(step);
    const text = (called.get(title)?.size ?? 0) > 1 ? firstWords(step) : '';
    return text === '' ? title : `${title}: ${text}`;
  };
}

function firstWords(step: FlowNode): string {
  const words = (boundStep(step)?.texts[0]?.template ?? '').split(/\s+/).filter((word) => word !== '');
  return words.length > WORDS ? `${words.slice(0, WORDS).join(' ')}…` : words.join(' ');
}
