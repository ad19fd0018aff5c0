import type { Terminal } from '#server/cli/terminal.ts';
import { run } from '#server/cli/run.ts';

/** What a command line said, and how it ended. */
export interface Said {
  code: number;
  out: string;
  err: string;
}

/** Runs a command line without a process; `typed` is piped in, a line each. */
export async function textloom(args: readonly string[], typed: readonly string[] = []): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    say: (line) => out.push(line),
    complain: (line) => err.push(line),
    ask: async function* () {
      yield* typed;
    },
    isPerson: false,
  };
  const code = await run(args, terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
