import { pino, type DestinationStream } from 'pino';
import type { LogLevel } from '../config.ts';
import { describeError } from './describe-error.ts';
import { maskNumber, maskText } from './mask.ts';
import { plainLines } from './plain-lines.ts';

/**
 * The structured log, injected: `constructor(private readonly log: Log)`. First the facts, then a constant sentence:
 * `log.info({ runId }, 'A run ended.')`. Fields named below are masked or cut wherever they stand, so that neither the
 * words of a message nor a whole phone number reaches a log.
 */
export abstract class Log {
  abstract trace(fields: object, message: string): void;
  abstract debug(fields: object, message: string): void;
  abstract info(fields: object, message: string): void;
  abstract warn(fields: object, message: string): void;
  abstract error(fields: object, message: string): void;
  abstract fatal(fields: object, message: string): void;
  /** A log that adds these fields to each line. */
  abstract child(fields: Record<string, unknown>): Log;
}

const NUMBERS = ['from', 'to', 'phone', 'number', 'contact'];
const TEXTS = ['text', 'texts', 'body', 'words', 'payload'];
const SECRETS = ['authorization', 'cookie', 'password', 'secret', 'token', 'signature'];

/** Makes the log. Lines are JSON on standard output, plain ones where a terminal is, or what `destination` makes of them. */
export function createLog(level: LogLevel, destination = terminal()): Log {
  const options = {
    level,
    base: { pid: process.pid },
    serializers: { err: (thrown: unknown) => describeError(thrown) },
    redact: {
      paths: [...NUMBERS, ...TEXTS, ...SECRETS].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

function terminal(): DestinationStream | undefined {
  return process.stdout.isTTY ? plainLines((text) => process.stdout.write(text)) : undefined;
}

function censor(value: unknown, path: string[]): unknown {
  const name = path.at(-1) ?? '';
  if (typeof value !== 'string') return value === undefined || value === null ? value : '[hidden]';
  if (NUMBERS.includes(name)) return maskNumber(value);
  if (TEXTS.includes(name)) return maskText(value);
  return '[hidden]';
}
