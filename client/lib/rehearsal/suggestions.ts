import type { CompiledFlow } from '#flows/engine/compile.ts';
import type { Run } from '#flows/engine/world.ts';

/** A text worth trying next, offered as a chip. */
export interface Suggestion {
  text: string;
  /** What it leads to, in the author's words; null for a keyword. */
  leadsTo: string | null;
}

const MOST = 6;

/** The keywords while nothing is going on; else one text for each way the current question can be answered. */
export function suggestions(compiled: CompiledFlow, run: Run | null, language: string | null): Suggestion[] {
  const node = run && run.status !== 'ended' ? compiled.nodes.get(run.position.node) : undefined;
  if (!node) return keywords(compiled);
  if (!node.classify) return [];
  const examples = node.examples(compiled.language(language));
  return Object.entries(examples)
    .flatMap(([category, [text]]) =>
      text === undefined
        ? []
        : [{ text, leadsTo: node.ports.find((port) => port.id === category)?.label ?? 'Anything else' }],
    )
    .slice(0, MOST);
}

function keywords({ definition }: CompiledFlow): Suggestion[] {
  const words = definition.triggers.flatMap((trigger) => trigger.words.slice(0, 2));
  return [...new Set(words)].slice(0, 4).map((text) => ({ text, leadsTo: null }));
}
