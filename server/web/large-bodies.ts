import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { jsonInTurns } from '../common/json-in-turns.ts';

/** Bodies up to this size are parsed at a stretch, in bytes: that takes a millisecond or two. */
const LARGE = 128 * 1024;

/** A route that asks for it with `@RouteConfig({ inTurns: true })` has large bodies parsed in turns, so that texts do not wait meanwhile. */
export function parseInTurns(instance: FastifyInstance, route: RouteOptions, bodyLimit: number): void {
  const bodies = new WeakMap<FastifyRequest, { value: unknown }>();
  const usual = instance.getDefaultJsonParser('error', 'error');
  route.preParsing = async (request, _reply, payload) => {
    // What is too large, or does not say how large it is, is met as everywhere.
    if (!isLarge(request, bodyLimit)) return payload;
    const chunks: Buffer[] = [];
    for await (const chunk of payload) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const parse = (json: string): unknown => {
      let value: unknown;
      void usual(request, json, (error, parsed) => {
        if (error) throw error;
        value = parsed;
      });
      return value;
    };
    bodies.set(request, { value: await jsonInTurns(bytes.toString(), parse) });
    // Fastify parses the rest itself, and holds its length to what was announced.
    return Object.assign(Readable.from([Buffer.from('{}')]), { receivedEncodedLength: bytes.length });
  };
  route.preValidation = async (request) => {
    const body = bodies.get(request);
    if (body) request.body = body.value;
  };
}

function isLarge({ headers }: FastifyRequest, bodyLimit: number): boolean {
  const bytes = Number(headers['content-length']);
  return bytes > LARGE && bytes <= bodyLimit && /^application\/json\b/i.test(headers['content-type'] ?? '');
}
