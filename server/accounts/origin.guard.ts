import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isOwnOrigin } from '../web/own-origin.ts';
import { Problem } from '../common/problem.ts';
import { Config } from '../config.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another site makes a signed-in browser send (cross-site request forgery). Browsers say where a
 * request comes from; programs say nothing and carry no cookie of somebody else. Only /api is used by browsers.
 */
@Injectable()
export class OriginGuard implements CanActivate {
  constructor(private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (READING.has(request.method) || !request.url.startsWith('/api/') || this.isOurs(request)) return true;
    throw Problem.forbidden(
      'request.other-origin',
      'This came from a page of another site, and was refused.',
    );
  }

  private isOurs({ headers, host }: FastifyRequest): boolean {
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site === 'same-origin' || site === 'none';
    const { origin } = headers;
    return origin === undefined || isOwnOrigin(origin, host, this.config.publicUrl);
  }
}
