import { z } from 'zod';
import { idSchema } from '#shared/api/common.ts';
import { acceptedSchema, inboundBodySchema } from '#shared/api/inbound.ts';
import { problemBodySchema } from '#shared/api/problem.ts';
import { receiptBodySchema, receiptsTakenSchema } from '#shared/api/receipts.ts';
import { SESSION_COOKIE } from '../accounts/session-cookie.ts';
import type { ApiRoute } from './api-routes.ts';
import type { ApiSpec } from '../web/api-spec.ts';

type Json = Readonly<Record<string, unknown>>;

const VERSION = '0.1.0';

/** The API in OpenAPI 3.1, made from what the routes declare. */
export function openApiDocument(routes: readonly ApiRoute[]): Json {
  const paths: Record<string, Record<string, Json>> = {
    '/in/{gateway}/{key}': { post: INBOUND },
    '/in/{gateway}/{key}/dlr': { post: RECEIPT },
  };
  for (const route of routes) {
    if (!route.spec) continue;
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, route.spec) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Textloom',
      version: VERSION,
      description:
        'Every refusal has the same body; programs decide by its `code`. A 429 or 503 says in `Retry-After` how many seconds to wait; any request may meet a 503 `server.closing` while a node is restarted, and was then not begun, or a 503 `server.database-unreachable` while the database is away. A request that changes something must come from a page of this very origin, or from no page at all. A PATCH changes what its body names, and what is left out stays as it is; `null` is a value like others. Programs say who they are with `Authorization: Bearer` and a key.',
    },
    paths,
    components: {
      schemas: { Problem: json(problemBodySchema, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
        key: { type: 'http', scheme: 'bearer', description: 'A key of Settings, API keys.' },
      },
    },
  };
}

function operation({ method, path, open, needs }: ApiRoute, spec: ApiSpec): Json {
  return {
    summary: spec.summary,
    operationId: `${method.toLowerCase()}${path.replace(/[^a-zA-Z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
    tags: [path.split('/')[path.startsWith('/api/') ? 2 : 1] ?? ''],
    ...(needs && { description: `For the role ${needs} and those who may do its work.` }),
    security: open ? [] : [{ session: [] }, { key: [] }],
    parameters: [...pathParameters(path, spec), ...queryParameters(spec)],
    ...(spec.body && {
      requestBody: { required: true, content: { 'application/json': { schema: json(spec.body, 'input') } } },
    }),
    responses: { ...success(method, spec), ...refusals({ open, needs, spec, method }) },
  };
}

function success(method: string, { returns, file }: ApiSpec): Json {
  if (file) return { 200: { description: 'The file.', content: { [file]: { schema: { type: 'string' } } } } };
  if (!returns) return { 204: { description: 'Done.' } };
  const content = { 'application/json': { schema: json(returns, 'output') } };
  return {
    [method === 'POST' ? 201 : 200]: { description: method === 'POST' ? 'Made.' : 'Found.', content },
  };
}

function refusals({
  open,
  needs,
  spec,
  method,
}: Pick<ApiRoute, 'open' | 'needs' | 'method'> & { spec: ApiSpec }): Json {
  const codes: Record<string, readonly string[]> = {
    400: ['path', 'query', 'body']
      .filter((part) => part === 'path' || part in spec)
      .map((part) => `${part}.invalid`),
    ...(!open && { 401: ['session.missing', 'api-key.unknown'] }),
    403: [...(needs ? ['session.not-allowed'] : []), ...(method === 'GET' ? [] : ['request.other-origin'])],
    ...spec.refuses,
  };
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    Object.entries(codes)
      .filter(([, list]) => list.length > 0)
      .map(([status, list]) => [
        status,
        {
          description: list.map((code) => `\`${code}\``).join(', '),
          ...(status === '503' && LATER),
          content,
        },
      ]),
  );
}

/** Whoever is told to come again is told when. */
const LATER = {
  headers: {
    'Retry-After': { description: 'Seconds to wait before it is sent again.', schema: { type: 'integer' } },
  },
} as const;

function pathParameters(path: string, { params }: ApiSpec): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: json(params?.[name] ?? idSchema, 'input'),
  }));
}

function queryParameters({ query }: ApiSpec): Json[] {
  if (!(query instanceof z.ZodObject)) return [];
  return Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    schema: json(schema, 'input'),
  }));
}

function json(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

/** The doors of the gateways stand outside the controllers, on the shortest way. */
const INBOUND = door({
  summary: 'An inbound text, from a simulated or an HTTP gateway; answered once it is stored and decided',
  operationId: 'receive',
  gateways: ['simulated', 'http'],
  body: inboundBodySchema,
  returns: acceptedSchema,
});

const RECEIPT = door({
  summary: 'A delivery report, or an array of them; each counts once by its id and status, in any order',
  operationId: 'receiveReport',
  gateways: ['http'],
  body: receiptBodySchema,
  returns: receiptsTakenSchema,
});

function door(of: {
  summary: string;
  operationId: string;
  gateways: readonly string[];
  body: z.ZodType;
  returns: z.ZodType;
}): Json {
  const { summary, operationId, gateways, body, returns } = of;
  const problem = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return {
    summary,
    operationId,
    tags: ['in'],
    security: [],
    parameters: [
      { name: 'gateway', in: 'path', required: true, schema: { enum: gateways } },
      {
        name: 'key',
        in: 'path',
        required: true,
        schema: { type: 'string' },
        description: 'As Settings, Gateways shows it.',
      },
    ],
    requestBody: { required: true, content: { 'application/json': { schema: json(body, 'input') } } },
    responses: {
      200: { description: 'Stored.', content: { 'application/json': { schema: json(returns, 'output') } } },
      404: { description: '`inbound.unknown-key`', content: problem },
      503: {
        description:
          'Nothing was stored; send it again after Retry-After seconds: `inbound.overloaded`, `receipt.overloaded`, `inbound.database`, `inbound.log`, `server.closing`',
        ...LATER,
        content: problem,
      },
    },
  };
}
