import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { idSchema } from '#shared/api/common.ts';
import { parse } from '../common/parse.ts';
import { checkReadableBytes } from './readable-bytes.ts';
import { type Rows, readRows } from './read-rows.ts';
import { checkStorable } from './storable.ts';
import type { ApiSpec } from './api-spec.ts';

/** Replaces path parameters, query and body of a request by what the route's schemas read. Throws a 400 with every place. */
export function readInput(spec: ApiSpec, request: FastifyRequest): void {
  readPlace(spec, request);
  if (spec.body) checkReadableBytes(request);
  request.body = spec.body ? read(spec.body, request.body, 'body') : undefined;
}

/** The same in turns, where a long list is in the body. */
export async function readInputInTurns(spec: ApiSpec, rows: Rows, request: FastifyRequest): Promise<void> {
  const body = spec.body && (await readRows(spec.body, request.body, rows));
  if (!body) return readInput(spec, request);
  readPlace(spec, request);
  request.body = body;
}

function readPlace(spec: ApiSpec, request: FastifyRequest): void {
  request.params = read(pathSchema(spec, request.params), request.params, 'path');
  request.query = spec.query ? read(spec.query, request.query, 'query') : {};
}

function read<Schema extends z.ZodType>(schema: Schema, input: unknown, from: string): z.output<Schema> {
  checkStorable(input, from);
  return parse(schema, input, from);
}

function pathSchema(spec: ApiSpec, params: unknown): z.ZodType {
  const names = Object.keys(params ?? {});
  return z.object(Object.fromEntries(names.map((name) => [name, spec.params?.[name] ?? idSchema])));
}
