import { isLaterKind, LATER_OUTCOMES, type LaterKind, type Scalar } from '../engine/effects.ts';
import type { RunEvent } from '../engine/events.ts';
import type { BoundNode, FragmentTransition } from '../engine/node-kind.ts';
import type { ConcreteReply } from './alphabet.ts';
import type { Domains } from './domains.ts';

type Values = Readonly<Record<string, Scalar>>;

/** What the outside can do to a run that rests, as people would tell it. */
export type Happening =
  /**
   * A text that starts the flow, as one of its triggers says: the keyword, null for one that nothing else takes; the language that
   * people want who use it; and whether their number must be known before. `says` is null where no text is known. What is vague begins
   * nothing with somebody who said STOP.
   */
  | {
      kind: 'keyword';
      word: string | null;
      says: string | null;
      medium: string | null;
      language: string | null;
      known: boolean | null;
      isVague: boolean;
    }
  /** A campaign or the API begins the flow; the person has not texted. */
  | { kind: 'order' }
  | ({ kind: 'reply' } & ConcreteReply)
  | { kind: 'timeout'; seconds: number }
  | { kind: 'help' }
  | { kind: 'stop' }
  | { kind: 'comeback' }
  | { kind: 'undelivered' }
  /** What was asked for outside the transaction is answered. */
  | { kind: 'answer'; effect: LaterKind; outcome: string; values: Values }
  /** Something happens that the run waits for. */
  | { kind: 'event'; name: string; value: Scalar }
  /** While the run rests, another flow or somebody of ours puts the person on a list or takes them off. */
  | { kind: 'elsewhere'; list: string; becomes: 'confirmed' | 'revoked' };

const TEXTS: readonly Happening['kind'][] = ['keyword', 'reply', 'help', 'stop', 'comeback'];

/** Whether it is a text of the person's, so that what follows answers it. */
export const isText = ({ kind }: Happening): boolean => TEXTS.includes(kind);

/** Whether it can be put into a conversation that is played. */
export const isPlayable = (happening: Happening): boolean =>
  happening.kind === 'reply'
    ? happening.text !== null
    : happening.kind === 'keyword'
      ? happening.says !== null
      : happening.kind !== 'undelivered';

/** What the machine is told. */
export function eventOf(happening: Exclude<Happening, { kind: 'comeback' | 'elsewhere' }>): RunEvent {
  switch (happening.kind) {
    case 'keyword':
    case 'order':
      return { type: 'start' };
    case 'reply':
      return { type: `reply.${happening.category}`, value: happening.value };
    case 'timeout':
      return { type: 'timeout' };
    case 'help':
      return { type: 'resume' };
    case 'stop':
      return { type: 'stop' };
    case 'undelivered':
      return { type: 'dlr.failed' };
    case 'answer':
      return { type: `answer.${happening.effect}.${happening.outcome}`, values: happening.values };
    case 'event':
      return { type: `event.${happening.name}`, value: happening.value };
  }
}

/**
 * What can happen to a run that rests in each place of a node: its fragment says what it listens to. What can happen to any run,
 * such as STOP, is not among them.
 */
export function happeningsOf(
  node: BoundNode,
  replies: readonly ConcreteReply[],
  domains: Domains,
): ReadonlyMap<string, readonly Happening[]> {
  const states = node.states((_, ...actions) => ({ actions }));
  const sample = sampleOf(node);
  return new Map(
    Object.entries(states).map(([place, { on = {} }]) => {
      const heard = replies.flatMap((reply): Happening[] =>
        Object.hasOwn(on, `reply.${reply.category}`) ? [{ kind: 'reply', ...reply }] : [],
      );
      const help: Happening[] = node.classify && Object.hasOwn(on, 'resume') ? [{ kind: 'help' }] : [];
      const outside = Object.entries(on).flatMap(([type, transition]) =>
        fromOutside(type, transition, sample, domains),
      );
      return [place, [...heard, ...help, ...outside]];
    }),
  );
}

/** What the phone keeps of an ordinary answer. */
const sampleOf = (node: BoundNode): Values => {
  const entries = Object.values(node.states((_, ...actions) => ({ actions }))).flatMap(
    ({ entry = [] }) => entry,
  );
  for (const action of entries) {
    if (action.type === 'ask' && action.params.kind === 'webhook') return action.params.sample;
  }
  return {};
};

/** Answers and events that come from outside, with a value of every class that a condition tells apart. */
function fromOutside(
  type: string,
  { actions = [] }: FragmentTransition,
  sample: Values,
  domains: Domains,
): Happening[] {
  const [space, name = '', outcome = ''] = type.split('.');
  const kept = actions.flatMap((action) => (action.type === 'capture' ? [action.params.as] : []));
  if (space === 'event') {
    const [first] = kept;
    const values = first === undefined ? [null] : (domains.get(`answers.${first}`)?.values ?? ['A1']);
    return values.map((value) => ({ kind: 'event', name, value }));
  }
  if (space !== 'answer' || !isLaterKind(name)) return [];
  const isOrdinary = outcome === LATER_OUTCOMES[name][0];
  return variants(isOrdinary ? sample : {}, kept, domains).map((values) => ({
    kind: 'answer',
    effect: name,
    outcome,
    values,
  }));
}

/** As many ways of answering as anybody needs to tell apart. */
const MANY = 24;

function variants(sample: Values, kept: readonly string[], domains: Domains): Values[] {
  let all: Values[] = [sample];
  for (const name of kept) {
    const values = domains.get(`answers.${name}`)?.values;
    if (values) all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))).slice(0, MANY);
  }
  return all;
}
