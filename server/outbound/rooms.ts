import { groupBy } from '../common/group-by.ts';
import type { Lane } from './lanes.ts';
import type { Wanted } from './claim.ts';

/** How much room each gateway has left in a round, shared out among its lanes. */
export class Rooms {
  /** `turn` moves on from round to round: where there is less room than lanes, another of them comes first each time. */
  constructor(
    private readonly left: Map<string, number>,
    private readonly turn: number,
  ) {}

  /** Shares out of each gateway's room up to `share` of it, from 0 to 1, among these lanes. */
  share(lanes: readonly Lane[], share: number): Wanted[] {
    return [...groupBy(lanes, ({ gatewayId }) => gatewayId)].flatMap(([gatewayId, ofGateway]) => {
      let room = Math.ceil((this.left.get(gatewayId) ?? 0) * share);
      const first = room < ofGateway.length ? this.turn % ofGateway.length : 0;
      const inTurn = [...ofGateway.slice(first), ...ofGateway.slice(0, first)];
      return inTurn.flatMap((lane, at) => {
        const most = Math.ceil(room / (inTurn.length - at));
        room -= most;
        return most > 0 ? [{ lane, most }] : [];
      });
    });
  }

  /** So many texts of a lane were claimed. */
  take({ gatewayId }: Lane, texts: number): void {
    this.left.set(gatewayId, (this.left.get(gatewayId) ?? 0) - texts);
  }
}
