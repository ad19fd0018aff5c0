import { costOf } from '#flows/prove/cost.ts';
import type { Bounds, Range } from '#flows/prove/text-cost.ts';
import { type Command, Mistake } from '../command.ts';
import { mustReadFlow } from '../files.ts';
import { plural, table } from '../report.ts';
import { paintFor } from '../terminal.ts';
import { JSON_OPTION, WORLD_OPTIONS } from '../usual-options.ts';
import { readWorld } from '../worlds.ts';

/** Counts the segments that a flow sends. */
export const cost: Command = {
  name: 'cost',
  usage: 'FILE [--bound answers.name=1:8:20]…',
  summary: 'counts segments, per text and per conversation: least, likely, most',
  options: {
    bound: {
      value: 'NAME=LEAST:LIKELY:MOST',
      multiple: true,
      says: 'how many letters stand for a value in a text, such as answers.name=1:8:20',
    },
    ...JSON_OPTION,
    ...WORLD_OPTIONS,
  },
  run(typed, terminal) {
    const bounds = Object.fromEntries(typed.all('bound').map(boundOf));
    const flow = mustReadFlow(typed.files[0]);
    const found = costOf(flow, readWorld(typed, typed.files[0] ?? '').world, { bounds });
    if (typed.json) {
      terminal.say(JSON.stringify(found, null, 2));
      return 0;
    }
    const paint = paintFor(terminal);
    const heads = ['', 'least', 'likely', 'most'];
    const texts = found.texts.map(({ node, field, language, segments, dear }) => [
      `${node}.${field} (${language})${dear.length > 0 ? ` because of ${dear.join(' ')}` : ''}`,
      ...figures(segments),
    ]);
    const paths = found.paths.map(({ name, segments }) => [name, ...figures(segments)]);
    terminal.say(paint.strong('Texts, in segments'));
    for (const line of table([heads, ...texts])) terminal.say(`  ${line}`);
    terminal.say(paint.strong('Conversations, in segments'));
    for (const line of table([heads, ...paths])) terminal.say(`  ${line}`);
    const most =
      found.max === null ? 'as many as somebody likes: they can go round' : plural(found.max, 'segment');
    terminal.say(
      `A conversation takes ${plural(found.min, 'segment')} at the least and ${most} at the most.`,
    );
    return 0;
  },
};

const figures = ({ min, likely, max }: Range): string[] => [min, likely, max].map(String);

/** Reads "answers.name=1:8:20", letters at the least, likely, and at the most. */
function boundOf(text: string): [string, Bounds] {
  const [, variable, min, likely, max] = /^([\w.]+)=(\d+):(\d+):(\d+)$/.exec(text) ?? [];
  if (variable === undefined) throw new Mistake(`Write a bound as answers.name=1:8:20, not ${text}.`);
  return [variable, { min: Number(min), likely: Number(likely), max: Number(max) }];
}
