import type { Clock } from '../common/clock.ts';
import type { Log } from '../common/log.ts';
import type { LaneConnection } from '../database/lane-connection.ts';
import type { SendResult } from '../gateways/gateway.ts';
import { gatewayOf } from '../gateways/registry.ts';
import { GatewayGate } from './gateway-gate.ts';
import type { Leased } from './claim.ts';
import type { Lane } from './lanes.ts';
import { inFlight, troubles } from './metrics.ts';
import type { Ready } from './ready.ts';
import { Rooms } from './rooms.ts';
import { endTrouble, writeRest } from './troubles.repository.ts';

/** Where a gateway's account says nothing and its kind neither. */
const MOST_AT_ONCE = 100;

/** The gates of all gateways on this node, and the rests they share with the other nodes. */
export class Gates {
  private readonly gates = new Map<string, GatewayGate>();
  private turns = 0;

  constructor(
    private readonly connection: LaneConnection,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly ready: Ready,
  ) {}

  /** How many texts may be claimed for the gateways of these lanes now. */
  rooms(lanes: readonly Lane[], now: number): Rooms {
    const left = new Map<string, number>();
    for (const lane of lanes) {
      if (left.has(lane.gatewayId)) continue;
      const gate = this.gateOf(lane);
      gate.told(lane, now);
      left.set(lane.gatewayId, this.claimable(lane, now));
    }
    for (const [gateway, gate] of this.gates) inFlight.set({ gateway }, gate.inFlight);
    return new Rooms(left, this.turns++);
  }

  /** How many texts may be handed over for a lane's gateway now. */
  spare(lane: Lane): number {
    const most = mostAtOnce(lane);
    return this.gateOf(lane).spare(most, this.claimed(lane, most));
  }

  /** Which of these lanes lead to gateways that have no room for another claim now; each says so itself when it has, see `ended`. */
  full(lanes: readonly Lane[], now: number): Lane[] {
    return lanes.filter((lane) => this.claimable(lane, now) === 0);
  }

  /** Whether any that stand ready have room. */
  hasReady(now: number): boolean {
    return this.ready.some((lane) => this.room(lane, now) > 0);
  }

  /** Takes those that stand ready and have room, which is theirs from now on. */
  takeReady(now: number): Leased[] {
    const taken = this.ready.take((lane) => this.room(lane, now));
    for (const { lane } of taken) this.gateOf(lane).began();
    return taken;
  }

  /** Texts that were taken do not go after all. */
  spared(leased: readonly Leased[]): void {
    for (const { lane } of leased) this.gateOf(lane).spared();
  }

  /** Takes in how a text fared: `recovered` where that ended a trouble, `room` where it made the room for another claim. */
  ended({ id, lane }: Pick<Leased, 'id' | 'lane'>, result: SendResult): 'recovered' | 'room' | 'same' {
    const gate = this.gateOf(lane);
    const change = gate.ended(id, result, this.clock.now(), Math.random());
    if (result.outcome === 'retry')
      troubles.inc({ gateway: lane.gatewayId, kind: lane.gatewayKind, trouble: result.trouble });
    if (change !== 'same') this.remember(lane, change);
    if (change === 'recovered') return change;
    return gate.hasRoomAgain(mostAtOnce(lane)) ? 'room' : 'same';
  }

  /** How often a text failed although its gateway took others meanwhile. */
  ownRefusals({ id, lane }: Pick<Leased, 'id' | 'lane'>): number {
    return this.gateOf(lane).ownFailures(id);
  }

  /** At which gateways of these lanes one text is to try now. */
  trying(lanes: readonly Lane[], now: number): readonly string[] {
    return [...new Set(lanes.map(({ gatewayId }) => gatewayId))].filter((id) =>
      this.gates.get(id)?.isTrying(now),
    );
  }

  private remember(lane: Lane, change: Exclude<ReturnType<GatewayGate['ended']>, 'same'>): void {
    const { gatewayId } = lane;
    const now = this.clock.now();
    if (change === 'recovered') this.log.info({ gatewayId }, 'A gateway works again.');
    else this.log.warn({ gatewayId, ...change.rest }, 'A gateway is left alone for a while.');
    this.connection
      .statement((client) =>
        change === 'recovered'
          ? endTrouble(client, gatewayId)
          : writeRest(client, gatewayId, change.rest, now),
      )
      .then(() => this.gateOf(lane).written(this.clock.now()))
      .catch((error: unknown) =>
        this.log.error({ err: error, gatewayId }, 'The state of a gateway could not be written down.'),
      );
  }

  private room(lane: Lane, now: number): number {
    return this.gateOf(lane).room(mostAtOnce(lane), now);
  }

  private claimable(lane: Lane, now: number): number {
    const most = mostAtOnce(lane);
    return this.gateOf(lane).claimable(most, now, this.claimed(lane, most));
  }

  /** How many wait for a lane's gateway that are claimed, and how many may. */
  private claimed(lane: Lane, most: number): { waiting: number; ahead: number } {
    return { waiting: this.ready.waiting(lane), ahead: this.ready.ahead(lane, most) };
  }

  private gateOf({ gatewayId }: Lane): GatewayGate {
    let gate = this.gates.get(gatewayId);
    if (!gate) {
      gate = new GatewayGate();
      this.gates.set(gatewayId, gate);
    }
    return gate;
  }
}

/** As its owner has set it, or as its kind bears. */
function mostAtOnce({ gatewayKind, gatewayConfig }: Lane): number {
  const set = gatewayConfig.mostAtOnce;
  if (typeof set === 'number' && set >= 1) return set;
  return gatewayOf(gatewayKind)?.mostAtOnce ?? MOST_AT_ONCE;
}
