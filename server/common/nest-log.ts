import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.ts';

/** Lets the framework speak through our log; its start-up chatter becomes debug lines. */
export class NestLog implements LoggerService {
  constructor(private readonly sink: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.sink.debug(fields(rest), sentence(message));
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.sink.debug(fields(rest), sentence(message));
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.sink.trace(fields(rest), sentence(message));
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.sink.warn(fields(rest), sentence(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.sink.error(
      { ...fields(rest), ...(message instanceof Error && { err: message }) },
      sentence(message),
    );
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.sink.fatal(fields(rest), sentence(message));
  }
}

/** Nest passes an optional stack and, last, the name of the speaker. */
function fields(rest: readonly unknown[]): object {
  const context = rest.at(-1);
  const stack = rest.length > 1 ? rest[0] : undefined;
  return { ...(typeof context === 'string' && { context }), ...(typeof stack === 'string' && { stack }) };
}

function sentence(message: unknown): string {
  return message instanceof Error ? message.message : String(message);
}
