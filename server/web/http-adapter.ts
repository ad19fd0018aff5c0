import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import type { Log } from '../common/log.ts';
import { parseInTurns } from './large-bodies.ts';
import { problemBody, toProblem } from './problem.filter.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { sayClosing } from './say-closing.ts';

/** Largest body in bytes, unless a route says otherwise with `@RouteConfig({ bodyLimit })`. */
const BODY_LIMIT = 4 * 1024 * 1024;
/** What a gateway sends is small; more is a mistake or an attack. */
const INBOUND_BODY_LIMIT = 256 * 1024;

/** The web server under Nest: whose addresses to believe, how much to read, what a request is called in the log. */
export function createHttpAdapter(config: Config, clock: Clock, log: Log): FastifyAdapter {
  const proxies = config.trustProxy;
  const newRequestId = (): string => newId(clock.now());
  const adapter = new Adapter({
    trustProxy: typeof proxies === 'number' ? (_address, hop) => hop < proxies : proxies,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 60_000,
    genReqId: newRequestId,
    routerOptions: { maxParamLength: 500 },
    clientErrorHandler: refuseUnreadable(newRequestId),
    // An address that can't be decoded is refused before there is a route, and so before the filter.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const problem = toProblem(error);
      void reply
        .status(problem.status)
        .headers({ ...problem.details.headers, 'x-request-id': request.id })
        .send(problemBody(problem, request.id));
    },
  });
  // A gateway that goes on over a connection it has kept would keep the end from ever coming; the other nodes take its texts.
  adapter.onClosing = () => sayClosing(adapter.getHttpServer(), newRequestId);
  adapter.getInstance().addHook('onRoute', (route) => {
    const asked: unknown = route.config && 'bodyLimit' in route.config ? route.config.bodyLimit : undefined;
    if (typeof asked === 'number') route.bodyLimit = asked;
    else if (route.url.startsWith('/in/')) route.bodyLimit = INBOUND_BODY_LIMIT;
    if (route.config && 'inTurns' in route.config)
      parseInTurns(adapter.getInstance(), route, route.bodyLimit ?? BODY_LIMIT);
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

/** Tells when the end begins, before anything else is done about it. */
class Adapter extends FastifyAdapter {
  onClosing: () => void = () => undefined;

  override beforeClose(): void {
    super.beforeClose();
    this.onClosing();
  }
}
