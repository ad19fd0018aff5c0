import { ADMIN_COMMANDS, adminHelp, adminUsage } from '../admin/usage.ts';
import { asksForHelp, nearest, optionLines, sortArguments, WrongLine } from '../common/command-options.ts';
import { type Command, Mistake, type Typed } from './command.ts';
import { chat } from './commands/chat.ts';
import { check } from './commands/check.ts';
import { cost } from './commands/cost.ts';
import { draw } from './commands/draw.ts';
import { explain } from './commands/explain.ts';
import { generate } from './commands/generate.ts';
import { prove } from './commands/prove.ts';
import { test } from './commands/test.ts';
import type { Terminal } from './terminal.ts';
import { JSON_OPTION, WORLD_OPTIONS } from './usual-options.ts';

/** Every command on files. A new one is its file and a line here. */
export const COMMANDS: readonly Command[] = [check, prove, chat, test, generate, explain, cost, draw];

const HELP = `npm run textloom -- COMMAND FILE… [--json] [--world FILE] [--country CC]

${COMMANDS.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.padEnd(46)} ${summary}`).join('\n')}

${optionLines({ ...JSON_OPTION, ...WORLD_OPTIONS })}

A folder stands for the flow.json in it. Ends with 1 where something is wrong. Needs no server and no database. COMMAND --help says more
about one. These work on a server's:

${adminUsage(46)}`;

/** Runs one command line and returns the exit code: 0, 1 where something is wrong, 2 where the line is. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = 'help', ...rest] = args;
  if (isHelp(name)) return help(rest[0], terminal);
  const command = commandOf(name);
  if (!command) return unknown(name, terminal);
  if (asksForHelp(rest, command.options)) {
    terminal.say(helpOf(command));
    return 0;
  }
  try {
    return await command.run(sorted(command, rest), terminal);
  } catch (cause) {
    if (cause instanceof Mistake) {
      terminal.complain(cause.message);
      return 1;
    }
    if (cause instanceof WrongLine) {
      terminal.complain(`${cause.message}\n\n  ${command.name} ${command.usage}`);
      return 2;
    }
    throw cause;
  }
}

const isHelp = (name: string): boolean => ['help', '--help', '-h'].includes(name);

const commandOf = (name: string): Command | undefined => COMMANDS.find((one) => one.name === name);

/** Tells of one command, or names them all. */
function help(name: string | undefined, terminal: Terminal): number {
  if (name === undefined || isHelp(name)) {
    terminal.say(HELP);
    return 0;
  }
  const command = commandOf(name);
  const said = command ? helpOf(command) : adminHelp(name);
  if (said === null) return unknown(name, terminal);
  terminal.say(said);
  return 0;
}

const helpOf = ({ name, usage, summary, options }: Command): string =>
  `npm run textloom -- ${name} ${usage}\n\n${sentence(summary)}\n\n${optionLines(options)}`;

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

function unknown(name: string, terminal: Terminal): number {
  const near = nearest(name, [...COMMANDS.map((one) => one.name), ...ADMIN_COMMANDS.map((one) => one.name)]);
  const hint = near === null ? '' : ` Do you mean ${near}?`;
  terminal.complain(`There is no command "${name}".${hint} npm run textloom -- help names them all.`);
  return 2;
}

function sorted({ name, options }: Command, args: readonly string[]): Typed {
  const { positionals, all, flag } = sortArguments(name, options, args);
  return {
    files: positionals,
    json: flag('json'),
    option: (option) => all(option).at(-1),
    all,
    flag,
  };
}
