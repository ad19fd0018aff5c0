import { type Conversation, printTranscript } from '#flows/engine/transcript.ts';
import { playGolden } from '#flows/prove/golden.ts';
import type { Command } from '../command.ts';
import { mustReadFlow, readConversations, readWorld } from '../files.ts';
import { plural } from '../report.ts';
import { type Paint, paintFor } from '../terminal.ts';

/** Plays the conversations of a flow and shows what reads differently now. */
export const test: Command = {
  name: 'test',
  usage: 'FILE [--conversations FILE] [--update]',
  summary: 'plays the conversations in a flow’s file or beside it, and shows what reads differently',
  options: { conversations: { type: 'string' }, update: { type: 'boolean' } },
  run(typed, terminal) {
    const [file = ''] = typed.files;
    const flow = mustReadFlow(typed.files[0]);
    const { conversations, write } = readConversations(file, typed);
    const { results, covered } = playGolden(flow, conversations, readWorld(typed));
    const missed = [...covered].flatMap(([line, times]) => (times === 0 ? [line] : []));
    const different = results.filter(({ same }) => !same).length;
    const updates = typed.flag('update') && different > 0;
    if (updates) {
      write(conversations.map((one, at): Conversation => ({ ...one, lines: results[at]?.happened ?? [] })));
    }
    if (typed.json) {
      terminal.say(JSON.stringify({ results, covered: Object.fromEntries(covered) }, null, 2));
    } else {
      const paint = paintFor(terminal);
      for (const { name, same, expected, happened } of results) {
        terminal.say(`${same ? paint.good('✓') : paint.bad('✗')} ${name}`);
        const [before, after] = [expected, happened].map(printTranscript);
        if (!same) for (const line of difference(before ?? '', after ?? '', paint)) terminal.say(line);
      }
      if (missed.length > 0) terminal.say(paint.doubtful(`No conversation goes along ${missed.join(', ')}.`));
      terminal.say(
        `${plural(results.length, 'conversation')}, ${different} ${updates ? 'written anew' : 'different'}.`,
      );
    }
    return different > 0 && !updates ? 1 : 0;
  },
};

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
