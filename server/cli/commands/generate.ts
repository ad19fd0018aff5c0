import { printTranscript } from '#flows/engine/transcript.ts';
import { generate as generateFrom } from '#flows/prove/generate.ts';
import { givenOf } from '../conversation-words.ts';
import type { Command } from '../command.ts';
import { mustReadFlow, writeJson } from '../files.ts';
import { plural } from '../report.ts';
import { paintFor } from '../terminal.ts';
import { JSON_OPTION, WORLD_OPTIONS } from '../usual-options.ts';
import { readWorld } from '../worlds.ts';

/** Writes the shortest conversations that go along every line of a flow. */
export const generate: Command = {
  name: 'generate',
  usage: 'FILE [--write FILE]',
  summary: 'writes conversations that together go along every line of a flow',
  options: {
    write: { value: 'FILE', says: 'where to; without it they are shown' },
    ...JSON_OPTION,
    ...WORLD_OPTIONS,
  },
  run(typed, terminal) {
    const flow = mustReadFlow(typed.files[0]);
    const { world } = readWorld(typed, typed.files[0] ?? '');
    const { conversations, covered, uncovered } = generateFrom(flow, world);
    const target = typed.option('write');
    if (target !== undefined) writeJson(target, conversations);
    if (typed.json) {
      terminal.say(JSON.stringify({ conversations, covered: [...covered].sort(), uncovered }, null, 2));
      return 0;
    }
    const paint = paintFor(terminal);
    if (target === undefined) {
      for (const conversation of conversations) {
        terminal.say(paint.strong(conversation.name));
        for (const sentence of givenOf(conversation)) terminal.say(paint.quiet(sentence));
        terminal.say(`${printTranscript(conversation.lines)}\n`);
      }
    }
    const lines = new Set(flow.definition.edges.map(({ from, port }) => `${from}.${port}`));
    const along = [...lines].filter((line) => covered.has(line)).length;
    const where = target === undefined ? '' : ` in ${target}`;
    terminal.say(
      `${plural(conversations.length, 'conversation')}${where} along ${along} of ${plural(lines.size, 'line')}.`,
    );
    for (const { node, port, why } of uncovered)
      terminal.say(paint.doubtful(`Not along ${node}.${port}: ${why}`));
    return 0;
  },
};
