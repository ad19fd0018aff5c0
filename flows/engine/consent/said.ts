import type { CompiledFlow } from '../compile.ts';
import type { Desk } from '../desk.ts';
import { outline } from '../outline.ts';
import { remember } from '../remember.ts';
import type { Run } from '../world.ts';

/**
 * When the person last said something that led this run here: the text that began it, or an answer to one of its questions that it
 * understood. Null where they have not: a campaign or the API began it and asked nothing yet, or what they said may be a STOP.
 */
export function saidTo(run: Run, desk: Desk): number | null {
  if (isAnswered(run, desk)) return desk.doubted ? null : desk.saidAt;
  const { saidAt } = run.position.context;
  return saidAt === undefined ? saidAtStart(run) : saidAt;
}

/** Keeps that in mind for later: joining may come a day after the yes. Flows that join no list need not know. */
export function keepSaid(run: Run, desk: Desk): void {
  if (!isAnswered(run, desk) || run.status === 'ended' || !joins(run.flow.compiled)) return;
  const saidAt = saidTo(run, desk);
  const { saidAt: before = saidAtStart(run) } = run.position.context;
  if (saidAt !== before) remember(run, { saidAt });
}

/** Whether the text that is handled is what this run goes on by, or begins with. */
export const isAnswered = (run: Run, { answered }: Desk): boolean => run === answered;

/** Whether the text is older than something it would answer or take back: it was set aside, and is read late. */
export const isOlder = ({ saidAt, now }: Desk, than: number): boolean => saidAt < now && saidAt < than;

const saidAtStart = ({ entry: { keyword, medium, rest }, startedAt }: Run): number | null =>
  keyword === null && medium === null && rest === null ? null : startedAt;

const joining = new WeakMap<CompiledFlow, boolean>();

/** Whether a step of the flow puts people on a list without asking them in the same breath. */
function joins(flow: CompiledFlow): boolean {
  let found = joining.get(flow);
  if (found === undefined) {
    found = [...flow.nodes.values()].some((node) =>
      outline(node).requests.some(
        ({ request }) => request.kind === 'subscribe' && request.proof === 'single',
      ),
    );
    joining.set(flow, found);
  }
  return found;
}
