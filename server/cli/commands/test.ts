import { writeFileSync } from 'node:fs';
import { isLaterKind } from '#flows/engine/effects.ts';
import type { Phone } from '#flows/engine/phone.ts';
import {
  type Conversation,
  type ConversationDriver,
  play,
  printTranscript,
} from '#flows/engine/transcript.ts';
import { type Command, Mistake } from '../command.ts';
import { mustReadFlow, readConversations, readWorld } from '../files.ts';
import { phoneFor, senderFor } from '../phone-world.ts';
import { plural } from '../report.ts';
import { type Paint, paintFor } from '../terminal.ts';

/** Plays the conversations of a flow and shows what reads differently now. */
export const test: Command = {
  name: 'test',
  usage: 'FILE [--conversations FILE] [--update]',
  summary: 'plays the conversations beside a flow, and shows what reads differently',
  options: { conversations: { type: 'string' }, update: { type: 'boolean' } },
  async run(typed, terminal) {
    const [file = ''] = typed.files;
    const sender = senderFor(mustReadFlow(typed.files[0]), readWorld(typed));
    const { path, conversations } = readConversations(file, typed);
    const results: { name: string; same: boolean; expected: string; heard: string; now: Conversation }[] = [];
    for (const conversation of conversations) {
      const lines = await play(conversation.lines, driverOf(phoneFor(sender, conversation)));
      const [expected, heard] = [conversation.lines, lines].map(printTranscript);
      const same = expected === heard;
      const now = { ...conversation, lines };
      results.push({ name: conversation.name, same, expected: expected ?? '', heard: heard ?? '', now });
    }
    const different = results.filter(({ same }) => !same);
    const updates = typed.flag('update') && different.length > 0;
    if (updates)
      writeFileSync(
        path,
        `${JSON.stringify(
          results.map(({ now }) => now),
          null,
          2,
        )}\n`,
      );
    if (typed.json) {
      terminal.say(
        JSON.stringify(
          results.map(({ now: _, ...result }) => result),
          null,
          2,
        ),
      );
    } else {
      const paint = paintFor(terminal);
      for (const { name, same, expected, heard } of results) {
        terminal.say(`${same ? paint.good('✓') : paint.bad('✗')} ${name}`);
        if (!same) for (const line of difference(expected, heard, paint)) terminal.say(line);
      }
      const verb = updates ? 'written anew' : 'different';
      terminal.say(`${plural(results.length, 'conversation')}, ${different.length} ${verb}.`);
    }
    return different.length > 0 && !updates ? 1 : 0;
  },
};

function driverOf(phone: Phone): ConversationDriver {
  return {
    says: async (text, media) => phone.says(text, media),
    after: async (seconds) => phone.wait(seconds),
    event: async (name, key, value) => phone.event(name, key, value),
    answer: async (kind, outcome, values) => {
      if (!isLaterKind(kind)) throw new Mistake(`Nothing of the kind "${kind}" is asked of the outside.`);
      return phone.answer(kind, outcome, values);
    },
  };
}

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
