import { type MoveVerdict, type MoveWait, rehearseMove } from '#flows/engine/rehearse-move.ts';
import type { PublishedFlow } from '#flows/engine/world.ts';

/** A place in which people wait. */
export interface WaitingPlace {
  node: string;
  place: string;
}

/** What becomes of those in each of these places when they go on with another version. */
export const verdictsOf = <Place extends WaitingPlace>(
  from: PublishedFlow,
  to: PublishedFlow,
  places: readonly Place[],
): (Place & MoveVerdict)[] =>
  places.map((one) => ({ ...one, ...rehearseMove(from.compiled, to.compiled, one.node, one.place) }));

/** A place whose people go along, and what becomes of the time they wait until. */
export interface MovablePlace extends WaitingPlace {
  wait: MoveWait;
}
