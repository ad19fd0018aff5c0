import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Problem } from '../common/problem.ts';
import { problemBody } from './problem.filter.ts';

/**
 * From now on every request is answered that the server is ending, and when to ask again, by which another node takes it. Fastify would
 * say so in words of its own and name no time.
 */
export function sayClosing(server: Server, newRequestId: () => string): void {
  server.removeAllListeners('request');
  server.on('request', (_request: IncomingMessage, response: ServerResponse) => {
    const requestId = newRequestId();
    response.writeHead(closing.status, {
      ...closing.details.headers,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      connection: 'close',
    });
    response.end(JSON.stringify(problemBody(closing, requestId)));
  });
}

const closing = Problem.unavailable(
  'server.closing',
  'This server is being restarted, and nothing of this was done. Send it again in a second.',
);
