import type { CommandOptions } from '../common/command-options.ts';
import type { Terminal } from './terminal.ts';

/** What was typed behind a command, sorted. */
export interface Typed {
  files: readonly string[];
  json: boolean;
  /** The value of an option, the last one where it was given more often. */
  option: (name: string) => string | undefined;
  /** All values of an option that may be given more than once. */
  all: (name: string) => readonly string[];
  flag: (name: string) => boolean;
}

/** One command of `npm run textloom`. */
export interface Command {
  name: string;
  /** What stands behind its name: "FILE…". */
  usage: string;
  summary: string;
  options: CommandOptions;
  /** Returns the exit code: 0, or 1 where something is wrong. */
  run: (typed: Typed, terminal: Terminal) => Promise<number> | number;
}

/** Something the person at the terminal can put right. */
export class Mistake extends Error {}
