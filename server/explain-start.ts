import { codeOf, fieldOf, messageOf } from './common/errors.ts';

/** Errors whose message was written for whoever starts the server. */
const SENTENCES = ['ConfigError', 'DataDirBusy'];

/** PostgreSQL's codes for "sorry, too many clients already" and for writing where it only reads. */
const TOO_MANY_CLIENTS = '53300';
const READ_ONLY = '25006';
/** What its driver says after ten seconds without an answer. */
const NO_CONNECTION = 'timeout exceeded when trying to connect';

/** Why the server did not start: a sentence where we know what a person can do about it, the stack where we don't. */
export function explainStart(error: unknown): string {
  const code = codeOf(error);
  const message = messageOf(error);
  if (code === 'EADDRINUSE')
    return `Another program already listens on this port. Choose another one: PORT=3001 npm start. (${message})`;
  if (code === 'EACCES' && fieldOf(error, 'syscall') === 'listen')
    return `This user may not listen on that port. Choose one above 1024: PORT=3000 npm start. (${message})`;
  if (code === TOO_MANY_CLIENTS || message === NO_CONNECTION)
    return (
      'The database gives no connection: it cannot be reached at DATABASE_URL, or it, or a pooler before it, has none left. A node holds up ' +
      'to DATABASE_POOL and two: lower that, or raise max_connections of PostgreSQL, or default_pool_size of PgBouncer. ' +
      `(${message})`
    );
  if (code === READ_ONLY)
    return (
      'The database only reads: DATABASE_URL leads to a standby, or the database was switched to read only. Give the address of the ' +
      `primary, or start again once there is one. (${message})`
    );
  const isSentence =
    error instanceof Error && (error.constructor === Error || SENTENCES.includes(error.name));
  return isSentence ? message : String(fieldOf(error, 'stack') ?? message);
}
