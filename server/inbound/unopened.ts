import type { PublishedFlow } from '#flows/engine/world.ts';
import type { Facts } from '../runtime/read-facts.ts';
import type { Deciding } from './deciding.ts';
import type { Placed } from './place.ts';
import type { Work } from './work.ts';

type Opened = ReadonlyMap<string, PublishedFlow>;

/** Whether this happens to a run whose version does not open here: another node may know it, or this one later. */
export function isUnopened({ work, contact }: Placed, facts: Facts, flows: Opened): boolean {
  if (work.kind === 'text') return false;
  const { happening } = work;
  if (happening.kind !== 'answer' && happening.kind !== 'delivery' && happening.kind !== 'cancel')
    return false;
  const run = facts.runs.get(contact)?.find(({ id }) => id === happening.runId);
  if (!run || flows.has(run.version_id)) return false;
  return happening.kind !== 'answer' || run.seq === happening.seq;
}

/** Whether nobody took a text or an event that may be for a conversation whose version does not open here. */
export function isMissed({ placed, decision }: Deciding, facts: Facts, flows: Opened): boolean {
  if (!decision) return false;
  const isFree = placed.work.kind === 'text' ? decision.route.by === 'unmatched' : decision.runs.length === 0;
  return isFree && leavesOut(placed, facts, flows);
}

/** Whether a text or an event may be for a conversation whose version does not open here, and which has not heard of it. */
export function leavesOut({ work, contact, sender }: Placed, facts: Facts, flows: Opened): boolean {
  const heard = heardOf(work);
  if (heard === null) return false;
  const runs = facts.runs.get(contact) ?? [];
  return runs.some(
    (run) => run.sender_id === sender.id && !flows.has(run.version_id) && !heard.includes(run.id),
  );
}

/** The runs that have heard of it already; null where one run alone is meant. */
function heardOf(work: Work): readonly string[] | null {
  if (work.kind === 'text') return [];
  return work.happening.kind === 'event' ? (work.happening.heard ?? []) : null;
}
