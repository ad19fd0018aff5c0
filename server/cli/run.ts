import { parseArgs } from 'node:util';
import { adminUsage } from '../admin/usage.ts';
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

/** Every command on files. A new one is its file and a line here. */
export const COMMANDS: readonly Command[] = [check, prove, chat, test, generate, explain, cost, draw];

const COMMON = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  world: { type: 'string' },
  country: { type: 'string' },
} as const;

const HELP = `npm run textloom -- COMMAND FILE… [--json] [--world FILE] [--country CC]

${COMMANDS.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.padEnd(46)} ${summary}`).join('\n')}

  --json      for programs
  --world     a file that says what else there is: country, gateway, languages, senders, lists, otherFlows, published, program;
              without it, "world" in the flow's file or world.json beside it
  --country   of the sender, such as GB

A folder stands for the flow.json in it. Ends with 1 where something is wrong. Needs no server and no database. These work on a server's:

${adminUsage(46)}`;

/** Runs one command line and returns the exit code: 0, 1 where something is wrong, 2 where the line is. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) {
    const isAsked = name === undefined || ['help', '--help', '-h'].includes(name);
    (isAsked ? terminal.say : terminal.complain)(
      isAsked ? HELP : `There is no command "${name}".\n\n${HELP}`,
    );
    return isAsked ? 0 : 2;
  }
  try {
    const typed = sorted(command, rest);
    if (typed.flag('help')) {
      terminal.say(HELP);
      return 0;
    }
    return await command.run(typed, terminal);
  } catch (cause) {
    if (cause instanceof Mistake) {
      terminal.complain(cause.message);
      return 1;
    }
    if (isWrongOption(cause)) {
      terminal.complain(`${cause.message}\n\n  ${command.name} ${command.usage}`);
      return 2;
    }
    throw cause;
  }
}

function sorted({ options = {} }: Command, args: readonly string[]): Typed {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...options, ...COMMON },
  });
  const given = new Map<string, unknown>(Object.entries(values));
  const all = (name: string): string[] =>
    [given.get(name)].flat().filter((value): value is string => typeof value === 'string');
  return {
    files: positionals,
    json: given.get('json') === true,
    option: (name) => all(name).at(-1),
    all,
    flag: (name) => given.get(name) === true,
  };
}

const isWrongOption = (cause: unknown): cause is { message: string } =>
  typeof cause === 'object' &&
  cause !== null &&
  'message' in cause &&
  'code' in cause &&
  String(cause.code).startsWith('ERR_PARSE_ARGS');
