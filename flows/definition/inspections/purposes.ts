import { error, type Issue, type Place } from '../issue.ts';
import type { Drawing } from './drawing.ts';

/**
 * Finds texts that are meant as replies but can come when there is nothing to reply to: after a wait ended by itself. The
 * consent gate would hold them back, so they are told before anybody waits for them.
 */
export function inspectPurposes({ definition, nodes, outlines, name }: Drawing): Issue[] {
  const targets = new Map(definition.edges.map(({ from, port, to }) => [`${from} ${port}`, to]));
  const met = new Set<string>();
  const mute = new Set<string>();
  const queue: { id: string; place: string; answers: boolean }[] = [];
  const come = (id: string, place: string | undefined, answers: boolean) => {
    const key = `${id} ${place} ${answers}`;
    if (place === undefined || met.has(key)) return;
    met.add(key);
    queue.push({ id, place, answers });
  };

  if (definition.start !== null) come(definition.start, nodes.get(definition.start)?.entry, true);
  for (const { id, place, answers } of queue) {
    const outline = outlines.get(id);
    const asksToReply = outline?.requests.some(
      ({ place: at, request }) => at === place && request.kind === 'send' && request.purpose === 'reply',
    );
    if (asksToReply && !answers) mute.add(id);
    for (const { from, cause, to } of outline?.ways ?? []) {
      if (from !== place || to === null) continue;
      const next =
        cause === 'reply' || cause === 'resume' || ((cause === 'at-once' || cause === 'later') && answers);
      if ('place' in to) {
        come(id, to.place, next);
      } else {
        const target = targets.get(`${id} ${to.port}`);
        if (target !== undefined) come(target, nodes.get(target)?.entry, next);
      }
    }
  }
  return [...mute].map((id) => mutedReply(name(id), { node: id, path: 'config.purpose' }));
}

/** That a step's text is meant as a reply, and can come when there is nothing to reply to. */
export const mutedReply = (step: string, place: Place): Issue =>
  error(
    MUTED_REPLY,
    `${step} can come after a wait, when there is no text to reply to, and would not be sent. Choose another reason under “Why it is sent”, or move it before the wait.`,
    place,
  );

export const MUTED_REPLY = 'purpose.not-a-reply';
