import pg, { type ClientBase, type Connection } from 'pg';
import type { ArrayColumn } from './binary-array.ts';

/** A statement whose parameters are all arrays and that returns no rows; each connection prepares it once, under its name. */
export interface ArrayStatement {
  name: string;
  text: string;
}

/**
 * Runs a statement with these columns, which are empty again when this returns; where statements are pipelined it is on its way. It is
 * put together in one buffer of the size that it takes: the writer of pg grows step by step, and every step of a large batch is garbage
 * outside the heap, which counts most when it is decided how often to collect.
 */
export function runWithArrays(
  client: ClientBase,
  statement: ArrayStatement,
  columns: readonly ArrayColumn[],
): Promise<void> {
  const message = messageOf(statement.name, columns);
  return new Promise((resolve, reject) => {
    // With a callback, for pg tells nobody of an error by an event where statements are given up after a while.
    const query = new pg.Query({ text: statement.text }, (error) => (error ? reject(error) : resolve()));
    query.submit = (connection) => {
      const { stream } = connection;
      stream.cork();
      const prepared = preparedBy(connection);
      if (!prepared.has(statement.name)) {
        // It may have been prepared before by one that failed.
        connection.close({ type: 'S', name: statement.name }, true);
        connection.parse({ ...statement, types: [] }, true);
        query.on('end', () => prepared.add(statement.name));
      }
      stream.write(message);
      stream.uncork();
    };
    client.query(query);
  });
}

const preparedBy = (connection: Connection): Set<string> => {
  const known = preparedNames.get(connection);
  if (known) return known;
  const none = new Set<string>();
  preparedNames.set(connection, none);
  return none;
};

const preparedNames = new WeakMap<Connection, Set<string>>();

/** Execute what was bound, to its end, and Sync: see "Message Formats" in PostgreSQL's manual. */
const EXECUTE = Buffer.from('E\0\0\0\u0009\0\0\0\0\0S\0\0\0\u0004', 'latin1');
/** A format for all parameters, their number; a format for all results. */
const BINARY = 1;
const TEXT = 0;

/** Bind, Execute and Sync. */
function messageOf(name: string, columns: readonly ArrayColumn[]): Buffer {
  const named = Buffer.byteLength(name);
  let size = 4 + 1 + named + 1 + 2 + 2 + 2 + 2 + 2;
  for (const column of columns) size += 4 + column.size;
  const message = Buffer.allocUnsafeSlow(1 + size + EXECUTE.length);
  let at = message.write('B', 0, 'latin1');
  at = message.writeInt32BE(size, at);
  at = message.writeUInt8(0, at);
  at += message.write(name, at, 'latin1');
  at = message.writeUInt8(0, at);
  at = message.writeInt16BE(1, at);
  at = message.writeInt16BE(BINARY, at);
  at = message.writeInt16BE(columns.length, at);
  for (const column of columns) {
    at = message.writeInt32BE(column.size, at);
    at = column.moveTo(message, at);
  }
  at = message.writeInt16BE(1, at);
  at = message.writeInt16BE(TEXT, at);
  EXECUTE.copy(message, at);
  return message;
}
