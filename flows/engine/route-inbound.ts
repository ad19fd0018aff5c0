import type { KeywordMatch } from '#shared/sms/keyword.ts';
import { matchReserved } from '#shared/sms/reserved-words.ts';
import { normalise } from '#shared/sms/text.ts';
import type { Classified, Reply } from './node-kind.ts';
import type { ContactState, KeywordTarget, Run, SenderWorld } from './world.ts';

/** A run that waits for a reply, and what this text would mean to it. */
interface Waiting {
  run: Run;
  classified: Classified;
}

/** Where a text goes. */
export type Destination =
  | { to: 'stop' | 'start' | 'help'; word: string }
  | { to: 'run'; rule: 'answer' | 'older-answer' | 'catch-all'; run: Run; classified: Classified }
  | { to: 'flow'; match: KeywordMatch<KeywordTarget> }
  | { to: 'nobody' };

/**
 * Routes one text, in this order: reserved word → explicit answer of the newest question → keyword, where the waiting flow
 * lets keywords interrupt → explicit answer of an older question → catch-all of the newest question → nobody.
 * START words count only while the person is stopped. Words that yield (INFO, YES) come after a keyword or an answer that
 * names them, so that YES confirms a double opt-in even for somebody who once texted STOP.
 */
export function routeInbound(text: string, contact: ContactState, world: SenderWorld): Destination {
  const reply: Reply = { text, normalised: normalise(text) };
  const reserved = reservedFor(reply, contact, world);
  if (reserved && !reserved.yields) return reserved.destination;

  const [newest, ...older] = waitingRuns(reply, contact);
  if (newest?.classified.explicit) return { to: 'run', rule: 'answer', ...newest };

  const match = world.keywords.find(reply.normalised);
  if (match && (!newest || mayInterrupt(newest.run, match))) return { to: 'flow', match };

  const olderAnswer = older.find((one) => one.classified.explicit);
  if (olderAnswer) return { to: 'run', rule: 'older-answer', ...olderAnswer };
  if (reserved) return reserved.destination;
  if (newest) return { to: 'run', rule: 'catch-all', ...newest };
  return { to: 'nobody' };
}

function reservedFor(
  reply: Reply,
  contact: ContactState,
  world: SenderWorld,
): { destination: Destination; yields: boolean } | null {
  const reserved = matchReserved(reply.normalised, world.reserved);
  if (!reserved || (reserved.kind === 'start' && !contact.stopped)) return null;
  // STOP words always win, whatever the data says.
  const yields = reserved.yields && reserved.kind !== 'stop';
  return { destination: { to: reserved.kind, word: reserved.word }, yields };
}

/** The runs that wait for a reply: those that asked last before those set aside, newest first. */
function waitingRuns(reply: Reply, contact: ContactState): Waiting[] {
  const active: Waiting[] = [];
  const parked: Waiting[] = [];
  for (const run of contact.runs) {
    if (run.status === 'ended') continue;
    const { compiled } = run.flow;
    const classify = compiled.nodes.get(run.position.node)?.classify;
    if (!classify) continue;
    const waiting = { run, classified: classify(reply, compiled.language(contact.language)) };
    if (run.status === 'active') active.push(waiting);
    else parked.push(waiting);
  }
  return active.concat(parked);
}

/** A flow's own keyword always reaches it; others only where the flow lets keywords interrupt and does not except this one. */
function mayInterrupt(run: Run, match: KeywordMatch<KeywordTarget>): boolean {
  if (run.flow.flowId === match.binding.target.flow.flowId) return true;
  const { by, except } = run.flow.compiled.definition.interruptible;
  const excepted = except.some((word) => normalise(word) === normalise(match.binding.target.word));
  return by === 'keywords' ? !excepted : excepted;
}
