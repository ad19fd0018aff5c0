import { type Conversation, printTranscript } from '#flows/engine/transcript.ts';
import { elsewhereSentences } from '#flows/prove/begun-elsewhere.ts';
import { type GoldenReport, playGolden } from '#flows/prove/golden.ts';
import { type Command, Mistake, type Typed } from '../command.ts';
import { type ConversationsFile, mustReadFlow, readConversations } from '../files.ts';
import { flowPaths } from '../flow-paths.ts';
import { plural } from '../report.ts';
import { type Paint, paintFor, type Terminal } from '../terminal.ts';
import { JSON_OPTION, WORLD_OPTIONS } from '../usual-options.ts';
import { carriedBy, type KnownWorld, readWorld } from '../worlds.ts';

/** The conversations of one flow, played. */
interface Played extends ConversationsFile, KnownWorld, GoldenReport {
  flow: string;
  name: string;
  different: number;
}

/** Plays the conversations of flows, each in its world, and shows what reads differently now. */
export const test: Command = {
  name: 'test',
  usage: 'FILE… [--conversations FILE] [--update]',
  summary: 'plays the conversations in a flow’s file or beside it, and shows what reads differently',
  options: {
    conversations: { value: 'FILE', says: 'those in another file' },
    update: { says: 'writes down how they read now' },
    ...JSON_OPTION,
    ...WORLD_OPTIONS,
  },
  run(typed, terminal) {
    const paths = flowPaths(typed, terminal);
    if (paths.length > 1 && typed.option('conversations') !== undefined)
      throw new Mistake('--conversations goes with one flow. Name one, or leave it out.');
    const all = paths.map((path) => play(path, typed));
    const updates = typed.flag('update') ? all.filter(({ different }) => different > 0) : [];
    for (const { conversations, results, write } of updates)
      write(conversations.map((one, at): Conversation => ({ ...one, lines: results[at]?.happened ?? [] })));
    if (typed.json) {
      const [first, ...more] = all.map(asJson);
      terminal.say(JSON.stringify(more.length === 0 ? first : [first, ...more], null, 2));
    } else {
      for (const one of all) print(one, all.length > 1, terminal);
      const conversations = all.reduce((sum, { results }) => sum + results.length, 0);
      const different = all.reduce((sum, one) => sum + one.different, 0);
      const flows = all.length > 1 ? `${plural(all.length, 'flow')}, ` : '';
      terminal.say(
        `${flows}${plural(conversations, 'conversation')}, ${different} ${updates.length > 0 ? 'written anew' : 'different'}.`,
      );
    }
    return all.some(({ different }) => different > 0) && updates.length === 0 ? 1 : 0;
  },
};

function play(path: string, typed: Typed): Played {
  const flow = mustReadFlow(path);
  const file = readConversations(path, typed);
  const known = readWorld(typed, path, { carried: carriedBy(file.path) });
  const report = playGolden(flow, file.conversations, known.world);
  const different = report.results.filter(({ same }) => !same).length;
  return { ...file, ...known, ...report, flow: path, name: flow.definition.name, different };
}

const asJson = ({ flow, from, results, covered }: Played) => ({
  ...{ path: flow, world: from, results },
  covered: Object.fromEntries(covered),
});

function print(
  { flow, name: title, from, results, covered, different, world }: Played,
  isTitled: boolean,
  terminal: Terminal,
): void {
  const paint = paintFor(terminal);
  if (isTitled) terminal.say(`${paint.strong(title)}  ${paint.quiet(flow)}`);
  for (const { name, same, expected, happened, elsewhere } of results) {
    terminal.say(`${same ? paint.good('✓') : paint.bad('✗')} ${name}`);
    const [before, after] = [expected, happened].map(printTranscript);
    if (same) continue;
    for (const line of difference(before ?? '', after ?? '', paint)) terminal.say(line);
    for (const sentence of elsewhereSentences(elsewhere)) terminal.say(paint.quiet(`    ${sentence}`));
  }
  const missed = [...covered].flatMap(([line, times]) => (times === 0 ? [line] : []));
  if (missed.length > 0) terminal.say(paint.doubtful(`No conversation goes along ${missed.join(', ')}.`));
  if (different > 0)
    terminal.say(paint.quiet(from === null ? unknownWorld(world) : `Played in the world of ${from}.`));
}

/** What may be the reason where nobody said in which world conversations are heard. */
const unknownWorld = ({ program, country }: KnownWorld['world']): string =>
  `No world is named, so the brand was “${program.brand}” and the country ${country}. Write a world.json beside the flow, or name a file with --world.`;

/** The lines of both up to where they agree again at the end, the old ones with − and the new ones with +. */
function difference(expected: string, heard: string, paint: Paint): string[] {
  const [before, after] = [expected.split('\n'), heard.split('\n')];
  let from = 0;
  while (from < before.length && before[from] === after[from]) from++;
  let behind = 0;
  while (
    behind < Math.min(before.length, after.length) - from &&
    before.at(-1 - behind) === after.at(-1 - behind)
  ) {
    behind++;
  }
  return [
    ...before.slice(0, from).map((line) => `    ${line}`),
    ...before.slice(from, before.length - behind).map((line) => paint.bad(`  − ${line}`)),
    ...after.slice(from, after.length - behind).map((line) => paint.good(`  + ${line}`)),
    ...before.slice(before.length - behind).map((line) => `    ${line}`),
  ];
}
