import { chooseArm } from '../engine/bucket.ts';
import type { Conversation } from '../engine/transcript.ts';
import { ANYBODY } from './alphabet.ts';
import type { Edge, Exploration } from './explore.ts';
import type { Ground } from './ground.ts';
import { nameOf } from './name-conversation.ts';
import { momentsOf } from './moments.ts';
import { goesAlong } from './paths.ts';
import { playTurns } from './play.ts';
import { scriptOf } from './script.ts';
import { seek } from './seek.ts';

/** A generated conversation, the way it goes, and the lines it went along when it was played. */
export interface Talk {
  path: readonly Edge[];
  conversation: Conversation;
  lines: ReadonlySet<string>;
}

/** Plays a way along a line; where facts were not kept in mind, looks for one that does not contradict itself. */
export function talkAlong(line: string, way: readonly Edge[], exploration: Exploration): Talk | null {
  const { ground } = exploration.scene;
  const talk = playedAlong(line, way, ground);
  if (talk) return talk;
  const other = exploration.isLoose ? seek(exploration, { wanted: (edge) => goesAlong(edge, line) }) : null;
  return other && playedAlong(line, other, ground);
}

/**
 * What happened on a phone, begun when the whole way is gone along, as far as the hour decides that, or else when the line is; null
 * where neither is, or where it takes more than a text can bring about.
 */
function playedAlong(line: string, path: readonly Edge[], ground: Ground): Talk | null {
  const { given, turns, unplayable } = scriptOf(path, ground);
  const phone = given.phone ?? phoneIn(given.arms, ground);
  if (unplayable !== null || phone === null) return null;
  const person = {
    ...(Object.keys(given.fields).length > 0 ? { contact: fieldsOf(given.fields) } : {}),
    ...(phone === ANYBODY ? {} : { phone }),
    ...(given.language === null ? {} : { language: given.language }),
    ...(given.tags.length > 0 ? { tags: given.tags } : {}),
    ...(turns.some((turn) => 'answer' in turn) || waitsToArrive(path, ground) ? { holds: true } : {}),
    ...(given.closed.length > 0 ? { closedContests: given.closed } : {}),
    ...(given.emptied.length > 0 ? { emptyPools: given.emptied } : {}),
  };
  const whole = path.flatMap(({ passages }) => passages.map(({ from, port }) => `${from}.${port}`));
  let part: Talk | null = null;
  for (const begins of momentsOf(path, ground)) {
    const then = { ...(begins === null ? {} : { begins }), ...person };
    const { lines, passed } = playTurns(turns, then, ground.sender);
    if (!passed.has(line)) continue;
    const talk = { path, conversation: { name: nameOf(path, ground), ...then, lines }, lines: passed };
    if (whole.every((one) => passed.has(one))) return talk;
    part ??= talk;
  }
  return part;
}

/** Whether it comes by a step that waits until its text arrives; where nobody says what became of it, it does at once. */
const waitsToArrive = (path: readonly Edge[], { parsed }: Ground): boolean =>
  path.some(({ passages }) =>
    passages.some(({ from }) => {
      const node = parsed.nodes.get(from);
      return node?.kind === 'message' && node.waits;
    }),
  );

const fieldsOf = (fields: Readonly<Record<string, unknown>>): NonNullable<Conversation['contact']> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, value]]
        : [],
    ),
  );

/** A number that falls into these arms: 555-0100 to 555-0199 of as many area codes as it takes are nobody's. Null when none was found. */
function phoneIn(arms: Readonly<Record<string, string>>, { drawing }: Ground): string | null {
  const wanted = Object.entries(arms);
  const splits = [...drawing.outlines.values()].flatMap(({ requests }) =>
    requests.flatMap(({ request }) => (request.kind === 'split' ? [request] : [])),
  );
  for (let n = 23; n < MANY_NUMBERS; n++) {
    const phone = `+1${202 + Math.floor(n / 100)}55501${String(n % 100).padStart(2, '0')}`;
    const fits = ([experiment, arm]: [string, string]) =>
      splits.some(
        (split) => split.experiment === experiment && chooseArm(experiment, phone, split.arms) === arm,
      );
    if (wanted.every(fits)) return phone;
  }
  return null;
}

const MANY_NUMBERS = 40_000;
