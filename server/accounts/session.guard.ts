import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayActAs } from '#shared/api/roles.ts';
import { Problem } from '../common/problem.ts';
import { isInPerson, isOpen, neededRole } from './access.ts';
import { ApiKeys } from './api-keys.service.ts';
import { SESSION_COOKIE, SessionCookie } from './session-cookie.ts';
import { Sessions } from './sessions.service.ts';
import type { Who } from './who.ts';

/** Stands before every route: nobody passes without a session or a program's key, or without the role a route needs, unless it is @Open(). */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly keys: ApiKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http' || isOpen(context)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const who = await this.recognise(request, context);
    const needed = neededRole(context);
    if (needed && !mayActAs(who.role, needed)) {
      throw Problem.forbidden(
        'session.not-allowed',
        `This is for ${ROLE_WORDS[needed]}. Ask an owner of the workspace.`,
      );
    }
    request.who = who;
    return true;
  }

  /** A program's key counts before a cookie; a wrong one is never made up for by a cookie. */
  private async recognise(request: FastifyRequest, context: ExecutionContext): Promise<Who> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const who = await this.keys.recognise(/^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '');
      if (who && isInPerson(context)) {
        throw Problem.forbidden('session.in-person', 'A key cannot do this. Sign in.');
      }
      if (who) return who;
      throw Problem.unauthorized('api-key.unknown', 'This key is unknown or was taken back.');
    }
    const token = request.cookies[SESSION_COOKIE];
    const session = token ? await this.sessions.recognise(token) : null;
    if (!token || !session) throw Problem.unauthorized('session.missing', 'Sign in first.');
    if (session.extended)
      this.cookie.give(request, context.switchToHttp().getResponse<FastifyReply>(), token);
    return session.who;
  }
}

const ROLE_WORDS = {
  analyst: 'analysts',
  agent: 'agents',
  author: 'authors and publishers',
  publisher: 'publishers',
  compliance: 'compliance officers',
  owner: 'owners',
} as const;
