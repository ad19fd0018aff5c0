import type { PoolClient } from 'pg';
import { countryOf } from '#shared/sms/calling-codes.ts';
import { operatorOf, operatorWithId } from '#shared/sms/countries/operators.ts';
import { countryName } from '../common/country-name.ts';
import { columnOf } from '../database/binary-array.ts';
import type { OperatorLimit } from './lanes.ts';
import type { ClaimedText } from './read-claimed.ts';
import { type Pace, takePace } from './paces.ts';
import type { Ruling } from './ruling.ts';

/** The limits of its sender that a text meets: those of its country, its network, and the operator whose network that is. */
export type OperatorLimits = ReadonlyMap<ClaimedText, readonly OperatorLimit[]>;

/** Finds the limits of operators. Where nobody has reported yet in which network somebody is, their country's alone count. */
export async function operatorLimits(
  client: PoolClient,
  texts: readonly ClaimedText[],
): Promise<OperatorLimits> {
  const limited = texts.filter(({ lane }) => lane.limits.operators.length > 0);
  if (limited.length === 0) return new Map();
  const networks = await readNetworks(client, limited);
  return new Map(
    limited.map((text) => {
      const network = networks.get(text.contactId);
      const names = [countryOf(text.to), network, network && operatorOf(network)?.id];
      return [text, text.lane.limits.operators.filter(({ operator }) => names.includes(operator))];
    }),
  );
}

/** What an operator is called, for people. */
export function operatorName(operator: string): string {
  const known = operatorWithId(operator);
  if (known) return known.name;
  return /^[A-Z]{2}$/.test(operator) ? countryName(operator) : `the network ${operator}`;
}

/** In which zone an operator's day ends. */
export const operatorZone = (operator: string, workspaceZone: string): string =>
  operatorWithId(operator)?.zone ?? workspaceZone;

/** The paces of operators, shared by all nodes. What is over waits in a line of its own, so that it comes due as fast as it may go. */
export class OperatorPaces {
  /** Until when each line reaches, in milliseconds; a line of each rank, so that answers need not queue behind what sells. */
  private readonly lines = new Map<string, number>();
  private seen = 0;

  /** Takes each text from its operators' paces; returns the rulings on those that have to wait. */
  async take(
    client: PoolClient,
    texts: readonly ClaimedText[],
    limits: OperatorLimits,
    now: number,
  ): Promise<Map<ClaimedText, Ruling>> {
    const rulings = new Map<ClaimedText, Ruling>();
    // The clock was set back: what it said before is no time to wait until.
    if (now < this.seen) this.lines.clear();
    this.seen = now;
    for (const { pace, operator, paced } of byPace(texts, limits)) {
      const asking = paced.filter((text) => !rulings.has(text));
      const granted = await takePace(client, pace, asking.length, now);
      for (const text of asking.slice(granted)) {
        const reason = `Waits its turn: ${text.lane.from} sends at most ${counted(pace.perSecond)} a second to ${operatorName(operator)}.`;
        const until = this.nextPlace(`${pace.key} ${text.lane.rank}`, pace.perSecond, now);
        rulings.set(text, { status: 'queued', until, reason, inOrder: true });
      }
    }
    return rulings;
  }

  private nextPlace(line: string, perSecond: number, now: number): number {
    const place = Math.max(now, this.lines.get(line) ?? 0) + 1_000 / perSecond;
    this.lines.set(line, place);
    return Math.ceil(place);
  }
}

const counted = (texts: number): string => (texts === 1 ? 'one text' : `${texts} texts`);

interface Paced {
  pace: Pace;
  operator: string;
  paced: ClaimedText[];
}

function byPace(texts: readonly ClaimedText[], limits: OperatorLimits): Paced[] {
  const all = new Map<string, Paced>();
  for (const text of texts) {
    for (const { operator, perSecond } of limits.get(text) ?? []) {
      if (perSecond === null) continue;
      const { workspaceId, limits } = text.lane;
      const key = `operator:${limits.countsAs}:${operator}`;
      const known = all.get(key);
      if (known) known.paced.push(text);
      else all.set(key, { pace: { workspaceId, key, perSecond }, operator, paced: [text] });
    }
  }
  return [...all.values()];
}

async function readNetworks(
  client: PoolClient,
  texts: readonly ClaimedText[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ contact_id: string; network: string }>({
    name: 'contact-networks',
    text: `select n.contact_id, n.network from unnest($1::uuid[], $2::uuid[]) k(workspace_id, contact_id)
      cross join lateral (
        select n.contact_id, n.network from contact_networks n
        where n.workspace_id = k.workspace_id and n.contact_id = k.contact_id offset 0) n`,
    values: [
      columnOf('uuid', texts, ({ workspaceId }) => workspaceId),
      columnOf('uuid', texts, ({ contactId }) => contactId),
    ],
  });
  return new Map(rows.map(({ contact_id, network }) => [contact_id, network]));
}
