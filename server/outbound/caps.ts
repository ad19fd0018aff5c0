import type { PoolClient } from 'pg';
import { countryOf } from '#shared/sms/calling-codes.ts';
import { quietHoursOf } from '#shared/sms/countries/quiet-hours.ts';
import { groupBy } from '../common/group-by.ts';
import { lowestId } from '../common/ids.ts';
import { columnOf } from '../database/binary-array.ts';
import type { ClaimedText } from './read-claimed.ts';
import type { Ruling } from './ruling.ts';

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;
/** Two nodes that look at once put both texts off; the older comes back first, and goes, in milliseconds. */
const OLDER_AGAIN_MS = 2_000;
/** A text may have waited for days before it went, so it is looked for so long before. */
const LOOK_BACK = 15 * DAY;

interface Sent {
  workspace_id: string;
  contact_id: string;
  /** When marketing went to the person in the last week, in milliseconds since 1970. */
  at: number[];
  /** How much of it is on its way to them, what was claimed just now included. */
  leased: number;
  /** The oldest of that. */
  first: string | null;
}

/**
 * Puts marketing off that is more than one person shall get in a day or a week, as their workspace has set it or the law where they
 * may live. What is on its way
 * through another gateway counts, and is looked at again once it has got there or not.
 */
export async function overCaps(
  client: PoolClient,
  texts: readonly ClaimedText[],
  now: number,
): Promise<Map<ClaimedText, Ruling>> {
  const rulings = new Map<ClaimedText, Ruling>();
  const capped = texts.filter((text) => text.purpose === 'marketing' && isCapped(text));
  if (capped.length === 0) return rulings;
  const sent = await readSent(client, capped, now);
  for (const [person, ofPerson] of groupBy(capped, personOf)) {
    const { at, leased, first } = sent.get(person) ?? { at: [], leased: 0, first: null };
    const underWay = Array<number>(Math.max(0, leased - ofPerson.length)).fill(now);
    for (const text of ofPerson) {
      const free = freeFor(text, at, now);
      const isBehind = freeFor(text, [...at, ...underWay], now) > now;
      const until = free > now ? free : now + (!isBehind ? 0 : text.id === first ? OLDER_AGAIN_MS : MINUTE);
      if (until > now) rulings.set(text, { status: 'queued', until, reason: reasonFor(text) });
      else underWay.push(now);
    }
  }
  return rulings;
}

const reasonFor = (text: ClaimedText): string => {
  const { caps } = text.lane;
  const law = capByLaw(text);
  const isByLaw = law !== null && (caps.marketingADay === null || law.most < caps.marketingADay);
  return isByLaw && caps.marketingAWeek === null
    ? `Waits: nobody may get more than ${law.most} marketing texts within 24 hours in ${law.name}.`
    : 'Waits: this person has had as much marketing lately as one person may get. Settings, Workspace says how much.';
};

const isCapped = (text: ClaimedText): boolean =>
  text.lane.caps.marketingADay !== null || text.lane.caps.marketingAWeek !== null || capByLaw(text) !== null;

/** How much marketing the strictest law lets a person get within 24 hours, of the places where they may live. */
function capByLaw({ to, state, zip }: Pick<ClaimedText, 'to' | 'state' | 'zip'>) {
  let strictest: { most: number; name: string } | null = null;
  for (const { mostADay, name } of quietHoursOf(to, countryOf(to), { state, zip }).rules)
    if (mostADay !== undefined && (strictest === null || mostADay < strictest.most))
      strictest = { most: mostADay, name };
  return strictest;
}

const personOf = ({ workspaceId, contactId }: ClaimedText): string => `${workspaceId} ${contactId}`;

/** When a text may go to whoever was sent marketing at these times. */
function freeFor(text: ClaimedText, at: readonly number[], now: number): number {
  const { marketingADay, marketingAWeek } = text.lane.caps;
  return Math.max(
    freeAt(at, now, DAY, marketingADay ?? Number.POSITIVE_INFINITY),
    freeAt(at, now, DAY, capByLaw(text)?.most ?? Number.POSITIVE_INFINITY),
    freeAt(at, now, 7 * DAY, marketingAWeek ?? Number.POSITIVE_INFINITY),
  );
}

/** When one more fits into a span that holds at most so many. `at` is sorted, oldest first. */
function freeAt(at: readonly number[], now: number, span: number, most: number): number {
  const within = at.filter((one) => one > now - span);
  if (within.length < most) return now;
  return (within[within.length - most] ?? now) + span;
}

async function readSent(
  client: PoolClient,
  texts: readonly ClaimedText[],
  now: number,
): Promise<Map<string, Sent>> {
  const { rows } = await client.query<Sent>({
    name: 'marketing-sent',
    text: `select k.workspace_id, k.contact_id, s.at, l.leased, l.first
      from (select distinct workspace_id, contact_id from unnest($1::uuid[], $2::uuid[]) as k(workspace_id, contact_id)) k
      cross join lateral (
        select coalesce(array_agg((extract(epoch from m.sent_at) * 1000)::float8 order by m.sent_at), '{}') as at from outbound m
        where m.workspace_id = k.workspace_id and m.contact_id = k.contact_id and m.id > $3::uuid
          and m.purpose = 'marketing' and m.sent_at > $4) s
      cross join lateral (
        select count(*)::int as leased, min(m.id::text) as first from outbox o join outbound m on m.workspace_id = o.workspace_id and m.id = o.message_id
        where o.workspace_id = k.workspace_id and o.contact_id = k.contact_id and o.leased_until > $5 and m.purpose = 'marketing') l`,
    values: [
      columnOf('uuid', texts, ({ workspaceId }) => workspaceId),
      columnOf('uuid', texts, ({ contactId }) => contactId),
      lowestId(now - LOOK_BACK),
      new Date(now - 7 * DAY),
      new Date(now),
    ],
  });
  return new Map(rows.map((row) => [`${row.workspace_id} ${row.contact_id}`, row]));
}
