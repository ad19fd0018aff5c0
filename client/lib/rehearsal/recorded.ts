import type { CompiledFlow } from '#flows/engine/compile.ts';
import { clocksOf } from '#flows/engine/contact-clocks.ts';
import { outline } from '#flows/engine/outline.ts';
import type { TranscriptLine } from '#flows/engine/transcript.ts';
import { HERE, ZONES } from '../zones.ts';
import type { Faults, Person, Recorded } from './rehearsal-state.ts';

/** What was done and heard on the phone, as saved conversations write it. */
export function recordedBy(
  { phone, language, fields }: Person,
  faults: Faults,
  lines: TranscriptLine[],
  moments: readonly string[],
): Recorded {
  const known = Object.entries(fields).flatMap(([name, value]): [string, string | number | boolean][] =>
    value === null ? [] : [[name, value]],
  );
  const chat = {
    phone,
    ...(language === null ? {} : { language }),
    ...(known.length === 0 ? {} : { contact: Object.fromEntries(known) }),
    ...(faults.closedContests.length === 0 ? {} : { closedContests: [...faults.closedContests] }),
    ...(faults.emptyPools.length === 0 ? {} : { emptyPools: [...faults.emptyPools] }),
    ...(faults.holds ? { holds: true } : {}),
    lines,
  };
  return { chat, moments };
}

/** The phone's own moment, and what its clocks in the zones of the flow's opening hours told then. */
export function momentsOf(startAt: number, person: Person, flow: CompiledFlow | null): string[] {
  const clocks = [...zonesOf(flow)].flatMap((zone) => clocksOf(zone, { ...person, timeZone: HERE }, ZONES));
  const told = clocks.map((offsetAt) => startAt + offsetAt(startAt) * 60_000);
  return [...new Set([startAt, ...told])].map((at) => new Date(at).toISOString());
}

function zonesOf(flow: CompiledFlow | null): ReadonlySet<string> {
  const requests = [...(flow?.nodes.values() ?? [])].flatMap((node) => outline(node).requests);
  return new Set(requests.flatMap(({ request }) => (request.kind === 'window' ? [request.zone] : [])));
}
