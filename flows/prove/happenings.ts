import { ANSWERED, type EffectKind, type Scalar } from '../engine/effects.ts';
import type { RunEvent } from '../engine/events.ts';
import type { BoundNode } from '../engine/node-kind.ts';
import type { ConcreteReply } from './alphabet.ts';

/** What the outside can do to a run that rests, as people would tell it. */
export type Happening =
  | { kind: 'keyword'; word: string; medium: string | null }
  | { kind: 'reply'; category: string; text: string | null; value: Scalar }
  | { kind: 'timeout'; seconds: number }
  | { kind: 'help' }
  | { kind: 'stop' }
  | { kind: 'comeback' }
  | { kind: 'undelivered' }
  | { kind: 'later'; event: RunEvent };

/** Whether it is a text of the person's, so that what follows answers it. */
export const isText = ({ kind }: Happening): boolean =>
  kind === 'keyword' || kind === 'reply' || kind === 'help' || kind === 'stop' || kind === 'comeback';

/** Whether it can be put into a conversation that is played. */
export const isPlayable = (happening: Happening): boolean =>
  happening.kind === 'reply'
    ? happening.text !== null
    : happening.kind !== 'undelivered' && happening.kind !== 'later';

/** What the machine is told. */
export function eventOf(happening: Exclude<Happening, { kind: 'comeback' }>): RunEvent {
  switch (happening.kind) {
    case 'keyword':
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
    case 'later':
      return happening.event;
  }
}

/**
 * What can happen to a run that rests in each place of a node: its fragment says what it listens to. What can happen to any run,
 * such as STOP, is not among them.
 */
export function happeningsOf(
  node: BoundNode,
  replies: readonly ConcreteReply[],
): ReadonlyMap<string, readonly Happening[]> {
  const states = node.states(() => ({}));
  return new Map(
    Object.entries(states).map(([place, { on = {} }]) => {
      const listens = Object.keys(on);
      const heard = replies.flatMap(({ category, text, value }): Happening[] =>
        listens.includes(`reply.${category}`) ? [{ kind: 'reply', category, text, value }] : [],
      );
      const help: Happening[] = node.classify && listens.includes('resume') ? [{ kind: 'help' }] : [];
      return [place, [...heard, ...help, ...later(listens)]];
    }),
  );
}

/** Answers and events that come from outside after the transaction. */
function later(listens: readonly string[]): Happening[] {
  return listens.flatMap((type): Happening[] => {
    if (isEvent(type)) return [{ kind: 'later', event: { type } }];
    return isAnswer(type) && ANSWERED_BY[type.split('.')[1] ?? ''] === 'later'
      ? [{ kind: 'later', event: { type } }]
      : [];
  });
}

/** Effects that are answered at once never leave a run at rest. */
const ANSWERED_BY: Readonly<Record<string, string>> = ANSWERED;

const isEvent = (type: string): type is `event.${string}` => type.startsWith('event.');
const isAnswer = (type: string): type is `answer.${EffectKind}.${string}` => type.startsWith('answer.');
