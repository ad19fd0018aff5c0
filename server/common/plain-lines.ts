import type { DestinationStream } from 'pino';
import { z } from 'zod';

const line = z.looseObject({ level: z.number(), time: z.number(), msg: z.string().default('') });
const NAMES: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'FATAL',
};
const LEFT_OUT = ['level', 'time', 'msg', 'pid', 'err'];

/** The log as a person at a terminal reads it: the time of day, the sentence, the facts, and a stack where there is one. */
export function plainLines(write: (text: string) => void): DestinationStream {
  return {
    write: (json: string) => {
      const read = line.safeParse(JSON.parse(json));
      write(read.success ? plain(read.data) : json);
    },
  };
}

function plain(entry: z.infer<typeof line>): string {
  const facts = Object.entries(entry)
    .filter(([name]) => !LEFT_OUT.includes(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const time = new Date(entry.time).toISOString().slice(11, 19);
  const stack = z.object({ stack: z.string() }).safeParse(entry.err);
  return `${[time, (NAMES[entry.level] ?? '').padEnd(5), entry.msg, ...facts].join(' ')}\n${stack.success ? `${stack.data.stack}\n` : ''}`;
}
