import { type EffectRequest, isLaterKind } from './effects.ts';
import type { BoundNode, FragmentAction } from './node-kind.ts';

/**
 * What makes a run go along a way: a text of the person's, time or an event from outside, an effect's answer in the transaction (or
 * nothing at all), an answer that comes later, an interruption's end.
 */
export type Cause = 'reply' | 'time' | 'at-once' | 'later' | 'resume';

/** A way from one place of a node to another, or out of the node by a port. */
export interface Way {
  from: string;
  cause: Cause;
  to: { place: string } | { port: string } | null;
}

/** A node's fragment laid out for reading: what is asked for in each place, and where each cause leads. */
export interface Outline {
  requests: { place: string; request: EffectRequest }[];
  ways: Way[];
}

/** Lays a node out without compiling it, for the checks that look at a drawing as a graph. */
export function outline(node: BoundNode): Outline {
  const requests: Outline['requests'] = [];
  const ways: Way[] = [];
  const note = (place: string, actions: readonly FragmentAction[] = []) => {
    for (const action of actions) if (action.type === 'ask') requests.push({ place, request: action.params });
  };
  const states = node.states((port, ...actions) => ({ target: `${PORT}${port}`, actions }));
  for (const [place, { entry, on = {}, always }] of Object.entries(states)) {
    note(place, entry);
    const transitions = Object.entries(on).map(([event, transition]) => ({
      cause: causeOf(event),
      transition,
    }));
    if (always) transitions.push({ cause: 'at-once', transition: always });
    for (const { cause, transition } of transitions) {
      note(place, transition.actions);
      ways.push({ from: place, cause, to: destination(transition.target, place) });
    }
  }
  return { requests, ways };
}

/** Marks a target as a port; a place never begins like this. */
const PORT = '>';

function destination(target: string | undefined, place: string): Way['to'] {
  if (target === undefined) return { place };
  if (target.startsWith(PORT)) return { port: target.slice(PORT.length) };
  return target.startsWith('#') ? null : { place: target };
}

function causeOf(event: string): Cause {
  if (event.startsWith('reply.')) return 'reply';
  // What becomes of a text is known when it is: what follows answers nobody any more.
  if (event === 'timeout' || event.startsWith('event.') || event.startsWith('answer.delivery.'))
    return 'time';
  if (event === 'resume') return 'resume';
  const [space, effect = ''] = event.split('.');
  return space === 'answer' && isLaterKind(effect) ? 'later' : 'at-once';
}
