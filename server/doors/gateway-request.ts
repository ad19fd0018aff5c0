import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemBody } from '#shared/api/problem.ts';
import type { Log } from '../common/log.ts';
import { Problem } from '../common/problem.ts';
import { isDatabaseAway } from '../database/database-away.ts';
import type { GatewayRequest } from '../gateways/gateway.ts';
import { cannotStore } from '../inbound/inbound.service.ts';

/** A request at a gateway's door as gateways read it, free of the web framework. */
export function readRequest(request: FastifyRequest, now: number): GatewayRequest {
  const raw: unknown = 'rawBody' in request ? request.rawBody : undefined;
  return {
    method: request.method,
    headers: request.headers,
    query: isRecord(request.query) ? request.query : {},
    body: request.body,
    rawBody: Buffer.isBuffer(raw) ? raw : Buffer.alloc(0),
    now,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Tells a gateway why its request was not taken. */
export function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): void {
  const problem = problemOf(error);
  if (problem !== error) log.error({ err: error, requestId: request.id }, 'A gateway request failed.');
  const body: ProblemBody = {
    error: { code: problem.code, message: problem.message },
    requestId: String(request.id),
  };
  reply
    .code(problem.status)
    .headers({ ...problem.details.headers, 'x-request-id': String(request.id) })
    .send(body);
}

/** A database that is away says nothing against the request: the gateway is asked to send it again. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error)) return cannotStore();
  return new Problem(500, 'server.error', 'This failed on our side; it is logged with the request id.');
}

export const unknownKey = (): Problem =>
  Problem.notFound(
    'inbound.unknown-key',
    'No gateway has this key. Copy the address from Settings, Gateways.',
  );
