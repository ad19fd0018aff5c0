import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { Clock } from './clock.ts';
import { newId } from './ids.ts';
import type { Log } from './log.ts';
import { problemBody, toProblem } from './problem.filter.ts';

/** Largest body in bytes, unless a route says otherwise with `@RouteConfig({ bodyLimit })`. */
const BODY_LIMIT = 4 * 1024 * 1024;
/** What a gateway sends is small; more is a mistake or an attack. */
const INBOUND_BODY_LIMIT = 256 * 1024;

/** The web server under Nest: whose addresses to believe, how much to read, what a request is called in the log. */
export function createHttpAdapter(config: Config, clock: Clock, log: Log): FastifyAdapter {
  const proxies = config.trustProxy;
  const adapter = new FastifyAdapter({
    trustProxy: typeof proxies === 'number' ? (_address, hop) => hop < proxies : proxies,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 60_000,
    genReqId: () => newId(clock.now()),
    routerOptions: { maxParamLength: 500 },
    // An address that can't be decoded is refused before there is a route, and so before the filter.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const problem = toProblem(error);
      void reply
        .status(problem.status)
        .header('x-request-id', request.id)
        .send(problemBody(problem, request.id));
    },
  });
  adapter.getInstance().addHook('onRoute', (route) => {
    const asked: unknown = route.config && 'bodyLimit' in route.config ? route.config.bodyLimit : undefined;
    if (typeof asked === 'number') route.bodyLimit = asked;
    else if (route.url.startsWith('/in/')) route.bodyLimit = INBOUND_BODY_LIMIT;
  });
  if (config.logLevel === 'debug' || config.logLevel === 'trace') {
    adapter.getInstance().addHook('onResponse', async (request, reply) => {
      const { id: requestId, method, routeOptions } = request;
      const milliseconds = Math.round(reply.elapsedTime);
      // The route's pattern, not the address: a gateway's address holds its key.
      log.debug(
        { requestId, method, route: routeOptions.url, status: reply.statusCode, milliseconds },
        'A request was answered.',
      );
    });
  }
  return adapter;
}
