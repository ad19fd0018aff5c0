import { explain as explainText } from '#flows/engine/explain.ts';
import { phoneOf } from '#flows/prove/play.ts';
import { type Command, Mistake } from '../command.ts';
import { mustReadFlow, readWorld } from '../files.ts';
import { senderFor } from '../phone-world.ts';
import { paintFor } from '../terminal.ts';

/** Says why a text goes where it goes, after whatever was texted before. */
export const explain: Command = {
  name: 'explain',
  usage: 'FILE TEXT [--after TEXT]…',
  summary: 'says why a text does what it does; --after is what was texted before',
  options: { after: { type: 'string', multiple: true } },
  run(typed, terminal) {
    const [file, ...words] = typed.files;
    if (words.length === 0)
      throw new Mistake('Say which text: textloom explain FILE "YES please" --after JOIN');
    const sender = senderFor(mustReadFlow(file), readWorld(typed));
    const phone = phoneOf({}, sender);
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
