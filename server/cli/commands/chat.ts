import { durationSchema, durationSeconds, durationWords } from '#flows/definition/duration.ts';
import { isLaterKind, LATER_OUTCOMES } from '#flows/engine/effects.ts';
import { remarkOn } from '#flows/engine/transcript.ts';
import type { Phone } from '#flows/engine/phone.ts';
import { begunElsewhere, elsewhereSentences } from '#flows/prove/begun-elsewhere.ts';
import { phoneOf } from '#flows/prove/play.ts';
import type { Command, Typed } from '../command.ts';
import { mustReadFlow } from '../files.ts';
import { senderFor } from '../phone-world.ts';
import { stateLines } from '../phone-state.ts';
import { paintFor } from '../terminal.ts';
import { WORLD_OPTIONS } from '../usual-options.ts';
import { readWorld } from '../worlds.ts';

const HELP = `Type what the person texts. Besides:
  /wait 24h                 lets time pass
  /answer webhook timeout   what the outside answers, now or when it is asked next
  /event paid order-17      something happens that a step may wait for
  /delivered, /failed       what became of the last text; a step may wait for it
  /join club, /leave club   gets onto a list or off it by another way
  /state                    where the conversation stands
  /restart                  a new person
  /quit`;

/** A conversation with a flow in the terminal; piped in, it is written down as it happens. */
export const chat: Command = {
  name: 'chat',
  usage: 'FILE [--phone NUMBER]',
  summary: 'talks to a flow: /wait 24h, /answer webhook timeout, /state, /restart',
  options: {
    phone: { value: 'NUMBER', says: 'of the person; it decides the arm of a test' },
    ...WORLD_OPTIONS,
  },
  async run(typed, terminal) {
    const flow = mustReadFlow(typed.files[0]);
    const { world } = readWorld(typed, typed.files[0] ?? '');
    const sender = senderFor(flow, world);
    const begin = () => phoneOf({ ...personOf(typed), holds: true }, sender);
    const paint = paintFor(terminal);
    let phone = begin();
    const words = flow.definition.triggers.flatMap((trigger) => trigger.words).slice(0, 5);
    if (terminal.isPerson)
      terminal.say(paint.quiet(`${flow.definition.name}: text ${words.join(' or ')}. /help for help.`));
    for await (const typedLine of terminal.ask('> ')) {
      const line = typedLine.trim();
      if (line === '/quit') break;
      if (line === '/restart') {
        phone = begin();
        terminal.say(paint.quiet('— somebody new'));
      } else if (line.startsWith('/')) {
        for (const said of order(line, phone)) terminal.say(paint.quiet(said));
      } else {
        if (!terminal.isPerson) terminal.say(`> ${typedLine}`);
        const begun = begunElsewhere(phone).length;
        const heard = phone.says(typedLine);
        const elsewhere = elsewhereSentences(begunElsewhere(phone).slice(begun));
        for (const sentence of elsewhere) terminal.say(paint.quiet(`  ! ${sentence}`));
        for (const text of heard) terminal.say(`< ${text}`);
        if (heard.length + elsewhere.length === 0 && terminal.isPerson)
          terminal.say(paint.quiet('  (nothing)'));
      }
      for (const open of phone.open) terminal.say(paint.quiet(openSentence(open.call.kind)));
    }
    return 0;
  },
};

const personOf = (typed: Typed) => {
  const phone = typed.option('phone');
  return phone === undefined ? {} : { phone };
};

const openSentence = (kind: keyof typeof LATER_OUTCOMES): string =>
  `  ! ${kind} has no answer yet: ${LATER_OUTCOMES[kind].map((outcome) => `/answer ${kind} ${outcome}`).join(', ')}`;

/** Does what a line with a slash asks for, and says what is heard. */
function order(line: string, phone: Phone): string[] {
  const [name, ...rest] = line.split(/\s+/);
  const [first = '', second] = rest;
  const heard = (remark: string, texts: readonly string[]) => [
    `  … ${remark}`,
    ...texts.map((text) => `< ${text}`),
  ];
  switch (name) {
    case '/wait': {
      const duration = durationSchema.safeParse(first);
      if (!duration.success)
        return ['Write a whole number and a unit, such as /wait 30m, /wait 24h or /wait 2d.'];
      return heard(`${durationWords(first)} later`, phone.wait(durationSeconds(first)));
    }
    case '/answer': {
      if (!isLaterKind(first)) return [`Say what answers: ${Object.keys(LATER_OUTCOMES).join(' or ')}.`];
      const outcomes: readonly string[] = LATER_OUTCOMES[first];
      const [ordinary = ''] = outcomes;
      const outcome = second ?? ordinary;
      if (!outcomes.includes(outcome)) return [`A ${first} answers ${outcomes.join(', ')}.`];
      return heard(`${first} answers ${outcome}`, phone.answer(first, outcome));
    }
    case '/event':
      return heard(
        `${rest.slice(0, 2).join(' ')} happens`,
        phone.event(first, second ?? null, rest[2] ?? null),
      );
    case '/delivered':
    case '/failed':
      return heard(name.slice(1), phone.delivery(name === '/delivered' ? 'delivered' : 'failed'));
    case '/join':
    case '/leave': {
      if (first === '') return [`Say which list, such as ${name} club.`];
      const becomes = name === '/join' ? 'confirmed' : 'revoked';
      phone.contact.consents[first] = { state: becomes, because: 'person' };
      return [`  … ${remarkOn({ list: first, becomes })}`];
    }
    case '/state':
      return stateLines(phone);
    case '/help':
      return HELP.split('\n');
    default:
      return [`There is no ${name}. /help says what there is.`];
  }
}
