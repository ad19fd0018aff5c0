import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Addresses that are never a page of the client: what is missing there is a 404 in JSON. */
const NOT_PAGES = /^\/(api|in|health|metrics|assets|socket\.io)(\/|$)/;
/** A last path segment with a dot is a file, such as /favicon.svg. */
const FILE = /\.[a-z0-9]+$/i;
const YEAR_IN_SECONDS = 31_536_000;

/**
 * Serves the built client from `folder`: hashed files under /assets for good, the page itself always asked for anew,
 * and the page for every address that the client routes.
 */
export async function serveClient(fastify: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  await fastify.register(fastifyStatic, {
    root: folder,
    serve: false,
    cacheControl: false,
    etag: true,
    preCompressed: true,
  });
  fastify.get('/*', { config: { page: true } }, (request, reply) => answer(request, reply));
}

function answer(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.replace(/[?#].*$/, '');
  if (path.startsWith('/assets/')) {
    return reply.header('cache-control', `public, max-age=${YEAR_IN_SECONDS}, immutable`).sendFile(path);
  }
  if (NOT_PAGES.test(path)) {
    reply.callNotFound();
    return reply;
  }
  reply.header('cache-control', 'no-cache');
  return FILE.test(path) ? reply.sendFile(path) : reply.sendFile('index.html');
}
