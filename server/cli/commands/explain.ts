import { explain as explainText } from '#flows/engine/explain.ts';
import { Phone } from '#flows/engine/phone.ts';
import { ANYBODY } from '#flows/prove/alphabet.ts';
import { type Command, Mistake } from '../command.ts';
import { mustReadFlow } from '../files.ts';
import { senderFor, strictSenderFor } from '../phone-world.ts';
import { paintFor } from '../terminal.ts';
import { JSON_OPTION, WORLD_OPTIONS } from '../usual-options.ts';
import { readWorld } from '../worlds.ts';

/** Says why a text goes where it goes, after whatever was texted before. */
export const explain: Command = {
  name: 'explain',
  usage: 'FILE TEXT [--after TEXT]… [--at MOMENT]',
  summary: 'says why a text does what it does; --after is what was texted before, --at the time',
  options: {
    after: { value: 'TEXT', multiple: true, says: 'what was texted before' },
    at: {
      value: 'MOMENT',
      says: 'when, such as 2027-01-15T10:00:00Z; without it keywords count at any time',
    },
    ...JSON_OPTION,
    ...WORLD_OPTIONS,
  },
  run(typed, terminal) {
    const [file = '', ...words] = typed.files;
    if (words.length === 0)
      throw new Mistake('Say which text: npm run textloom -- explain FILE "YES please" --after JOIN');
    const at = momentOf(typed.option('at'));
    const flow = mustReadFlow(file);
    const { world } = readWorld(typed, file);
    const sender = (at === null ? senderFor : strictSenderFor)(flow, world);
    const phone = new Phone({ world: sender, phone: ANYBODY, startAt: at ?? 0 });
    for (const text of typed.all('after')) phone.says(text);
    const text = words.join(' ');
    const why = explainText(text, phone.contact, sender, { now: phone.now, phone: phone.contact.phone });
    if (typed.json) {
      terminal.say(JSON.stringify(why, null, 2));
      return 0;
    }
    const paint = paintFor(terminal);
    terminal.say(paint.strong(`> ${text}`));
    for (const sentence of why.sentences) terminal.say(`  ${sentence}`);
    for (const heard of phone.says(text)) terminal.say(paint.quiet(`< ${heard}`));
    return 0;
  },
};

/** Without a moment, keywords count whatever the time. */
function momentOf(typed: string | undefined): number | null {
  if (typed === undefined) return null;
  const at = Date.parse(typed);
  if (Number.isNaN(at)) throw new Mistake(`"${typed}" is no moment. Write one such as 2027-01-15T10:00:00Z.`);
  return at;
}
