import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import type { ProblemBody } from '#shared/api/problem.ts';
import { databaseAway, isDatabaseAway } from '../database/database-away.ts';
import { fieldOf, messageOf } from '../common/errors.ts';
import { Log } from '../common/log.ts';
import { invalidInput } from '../common/parse.ts';
import { Problem } from '../common/problem.ts';

/**
 * Makes the one error body out of whatever was thrown while a request was answered. Only bugs are logged as errors; a database that is
 * away is none, and every request meets it.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(thrown);
    if (problem.status >= 500) {
      this.log[problem.status === 503 ? 'warn' : 'error'](
        {
          requestId: request.id,
          method: request.method,
          route: request.routeOptions.url,
          err: problem.cause ?? problem,
        },
        'A request failed.',
      );
    }
    if (reply.sent) return;
    void reply
      .status(problem.status)
      .headers({
        ...problem.details.headers,
        'x-request-id': request.id,
        'cache-control': 'no-store',
        // A handler may have announced a page or a file before it failed.
        'content-type': 'application/json; charset=utf-8',
      })
      .send(problemBody(problem, request.id));
  }
}

/** The body a problem is answered with. */
export function problemBody(problem: Problem, requestId: string): ProblemBody {
  const { place, issues } = problem.details;
  return {
    error: {
      code: problem.code,
      message: problem.message,
      ...(place && { place }),
      ...(issues && { issues: [...issues] }),
    },
    requestId,
  };
}

/** Anything thrown, as a problem. What nobody foresaw becomes a 500 that tells the caller nothing of its inside. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof ZodError) return invalidInput(thrown);
  const status = statusOf(thrown);
  if (status !== undefined && status >= 400 && status < 500) {
    const known = KNOWN[status];
    const message = known?.message ?? messageOf(thrown);
    return new Problem(status, known?.code ?? `request.status-${status}`, message, { cause: thrown });
  }
  if (status === 503)
    return Problem.unavailable('server.unavailable', 'The server is not ready to answer this. Try again.');
  if (isDatabaseAway(thrown)) return databaseAway(thrown);
  return new Problem(
    500,
    'server.failed',
    'Something went wrong on our side. The request id helps us find it.',
    {
      cause: thrown,
    },
  );
}

/** The status that Nest or Fastify gave an error, if one did. */
function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = fieldOf(thrown, 'statusCode');
  return typeof status === 'number' ? status : undefined;
}

/** What router, parser and guards of the framework refuse, in our words. */
const KNOWN: Readonly<Record<number, { code: string; message: string }>> = {
  400: {
    code: 'request.unreadable',
    message: 'The request could not be read: its address or its JSON is malformed.',
  },
  401: { code: 'request.unauthorized', message: 'Sign in first.' },
  403: { code: 'request.forbidden', message: 'Your role does not allow this.' },
  404: { code: 'request.no-such-route', message: 'There is nothing at this address.' },
  405: { code: 'request.method', message: 'This address does not take that method.' },
  408: { code: 'request.too-slow', message: 'The request took too long to arrive.' },
  413: { code: 'request.too-large', message: 'The request is larger than this address takes.' },
  415: { code: 'request.media-type', message: 'Send JSON, with the header content-type: application/json.' },
  429: { code: 'request.too-many', message: 'Too many requests. Wait a little.' },
  431: {
    code: 'request.headers-too-large',
    message: 'The address and the headers are longer than this server reads.',
  },
};
