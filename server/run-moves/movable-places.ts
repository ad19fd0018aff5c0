import { type MoveVerdict, rehearseMove } from '#flows/engine/rehearse-move.ts';
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

/** A place as SQL compares it. */
export const placeKey = ({ node, place }: WaitingPlace): string => `${node} ${place}`;
