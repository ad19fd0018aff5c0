import { parseArgs } from 'node:util';
import { editDistance } from '#shared/sms/typos.ts';

/** An option of a command line. */
export interface CommandOption {
  /** What stands behind it, such as FILE; left out where nothing does. */
  value?: string;
  /** It may be given more than once. */
  multiple?: boolean;
  /** What it is for; the lines of a longer sentence are apart. */
  says: string;
}

export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** What was typed behind a command, sorted. */
export interface Sorted {
  positionals: readonly string[];
  /** All values of an option. */
  all: (name: string) => readonly string[];
  flag: (name: string) => boolean;
}

/** A command line that cannot be understood; the message says why. */
export class WrongLine extends Error {}

/** Sorts what was typed behind a command. Throws a WrongLine. */
export function sortArguments(command: string, options: CommandOptions, args: readonly string[]): Sorted {
  const unknown = tokensOf(args, options).find(
    (token) => token.kind === 'option' && !Object.hasOwn(options, token.name),
  );
  if (unknown?.kind === 'option') throw new WrongLine(noSuchOption(command, unknown.rawName, options));
  const given = new Map<string, unknown>();
  let positionals: string[];
  try {
    const parsed = parseArgs({ args: [...args], allowPositionals: true, options: configOf(options) });
    for (const [name, value] of Object.entries(parsed.values)) given.set(name, value);
    ({ positionals } = parsed);
  } catch (cause) {
    throw isWrongArgument(cause) ? new WrongLine(`${cause.message.replace(/\.$/, '')}.`) : cause;
  }
  return {
    positionals,
    all: (name) => [given.get(name)].flat().filter((value): value is string => typeof value === 'string'),
    flag: (name) => given.get(name) === true,
  };
}

/** Whether --help or -h is among what was typed, and not the value of an option. */
export const asksForHelp = (args: readonly string[], options: CommandOptions): boolean =>
  tokensOf(args, options).some((token) => token.kind === 'option' && isHelp(token.name));

const isHelp = (name: string): boolean => name === 'help' || name === 'h';

/** The options as lines of a help text, what each is for behind it. */
export function optionLines(options: CommandOptions): string {
  const all = Object.entries(options).map(([name, { value, says }]) => [
    `--${name}${value === undefined ? '' : ` ${value}`}`,
    says,
  ]);
  const width = Math.max(0, ...all.map(([typed]) => typed?.length ?? 0)) + 3;
  return all
    .map(
      ([typed = '', says = '']) =>
        `  ${typed.padEnd(width)}${says.replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`,
    )
    .join('\n');
}

/** The name that somebody may have meant: one that begins so, or is a slip of a letter or two away. */
export function nearest(typed: string, names: readonly string[]): string | null {
  if (typed.length > 1) {
    const begun = names.find((name) => name.startsWith(typed));
    if (begun !== undefined) return begun;
  }
  for (let slips = 1; slips <= (typed.length < SHORT ? 1 : 2); slips++) {
    const found = names.find((name) => editDistance(typed, name, slips) !== null);
    if (found !== undefined) return found;
  }
  return null;
}

/** Two slips make another word of one that has fewer letters. */
const SHORT = 5;

function noSuchOption(command: string, typed: string, options: CommandOptions): string {
  const near = nearest(typed.replace(/^-+/, ''), Object.keys(options));
  const hint = near === null ? 'Put -- before what begins with - and is none.' : `Do you mean --${near}?`;
  return `${command} has no option ${typed}. ${hint}`;
}

const tokensOf = (args: readonly string[], options: CommandOptions) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: configOf(options),
  }).tokens;

const configOf = (options: CommandOptions) =>
  Object.fromEntries(
    Object.entries(options).map(([name, { value, multiple = false }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple },
    ]),
  );

const isWrongArgument = (cause: unknown): cause is { message: string } =>
  typeof cause === 'object' &&
  cause !== null &&
  'message' in cause &&
  'code' in cause &&
  String(cause.code).startsWith('ERR_PARSE_ARGS');
