import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { codeOf } from '../common/errors.ts';
import { problemBody, toProblem } from './problem.filter.ts';

/** What Node calls that which it reads no further, and the status it has; all else is malformed. */
const STATUSES: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Refuses what cannot be read as a request, before there is any route, in the body of all refusals. Fastify would do so in words of its own. */
export const refuseUnreadable =
  (newRequestId: () => string) =>
  (error: Error, socket: Socket): void => {
    const code = codeOf(error) ?? '';
    // Who has hung up hears nothing.
    if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy(error);
    const problem = toProblem({ statusCode: STATUSES[code] ?? 400 });
    const requestId = newRequestId();
    const body = JSON.stringify(problemBody(problem, requestId));
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      `x-request-id: ${requestId}`,
      'connection: close',
    ];
    socket.write([...head, '', body].join('\r\n'));
    socket.destroy(error);
  };
