import type { CompiledFlow } from '#flows/engine/compile.ts';
import { LATER_OUTCOMES } from '#flows/engine/effects.ts';
import type { OpenCall } from '#flows/engine/phone.ts';
import type { Run } from '#flows/engine/world.ts';
import { callWords, type Move } from './moves.ts';
import type { Stage } from './stage.ts';

/** Something worth trying next, offered as a chip. */
export interface Suggestion {
  label: string;
  /** What it leads to, in the author's words; null for a keyword. */
  leadsTo: string | null;
  move: Move;
}

/** What a rehearsal stands at. */
export interface Standpoint {
  compiled: CompiledFlow;
  stage: Stage;
  run: Run | null;
  /** What was asked of the outside and waits for an answer. */
  open: readonly OpenCall[];
  contact: { phone: string; language: string | null; fields: Run['position']['context']['answers'] };
}

const MOST = 6;
const says = (text: string): Move => ({ kind: 'says', text });

/**
 * The keywords while nothing is going on; else what the outside may answer, the event that is waited for, or one text for each way
 * the current question can be answered.
 */
export function suggestions(standpoint: Standpoint): Suggestion[] {
  const { compiled, run, open, contact } = standpoint;
  if (open.length > 0) return open.flatMap(({ call }) => answers(call.kind));
  const node = run && run.status !== 'ended' ? compiled.nodes.get(run.position.node) : undefined;
  if (!run || !node) return keywords(compiled);
  if (node.listens) return [event(standpoint, run, node.listens)];
  if (!node.classify) return [];
  const examples = node.examples(compiled.language(contact.language));
  return Object.entries(examples)
    .flatMap(([category, [text]]) =>
      text === undefined
        ? []
        : [
            {
              label: text,
              leadsTo: node.ports.find((port) => port.id === category)?.label ?? 'Anything else',
              move: says(text),
            },
          ],
    )
    .slice(0, MOST);
}

/** The words of a pattern are no texts, so patterns are offered nothing for. */
function keywords({ definition }: CompiledFlow): Suggestion[] {
  const words = definition.triggers.flatMap(({ words: own, match }) =>
    match === 'pattern' ? [] : own.slice(0, 2),
  );
  return [...new Set(words)].slice(0, 4).map((text) => ({ label: text, leadsTo: null, move: says(text) }));
}

const answers = (call: keyof typeof LATER_OUTCOMES): Suggestion[] =>
  LATER_OUTCOMES[call].map((outcome) => ({
    label: `${callWords(call)}: ${outcome}`,
    leadsTo: outcome,
    move: { kind: 'answer', call, outcome },
  }));

/** The event that is waited for, under the very key that is waited for. */
function event(
  { compiled, stage, contact }: Standpoint,
  run: Run,
  { event: name, key: field }: { event: string; key: string | null },
): Suggestion {
  const key =
    field === null
      ? null
      : compiled.text(run.position.node, field, compiled.language(contact.language)).render({
          contact: { ...contact.fields, phone: contact.phone },
          answers: run.position.context.answers,
          run: { keyword: run.entry.keyword, medium: run.entry.medium, rest: run.entry.rest },
          program: { brand: stage.program.brand },
        });
  return { label: `“${name}” happens`, leadsTo: name, move: { kind: 'event', name, key, value: null } };
}
