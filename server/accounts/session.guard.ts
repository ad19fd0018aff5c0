import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayActAs } from '#shared/api/roles.ts';
import { Problem } from '../common/problem.ts';
import { isOpen, neededRole } from './access.ts';
import { SESSION_COOKIE, SessionCookie } from './session-cookie.ts';
import { Sessions } from './sessions.service.ts';

/** Stands before every route: nobody passes without a session, or without the role a route needs, unless it is @Open(). */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http' || isOpen(context)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = request.cookies[SESSION_COOKIE];
    const session = token ? await this.sessions.recognise(token) : null;
    if (!token || !session) throw Problem.unauthorized('session.missing', 'Sign in first.');
    if (session.extended)
      this.cookie.give(request, context.switchToHttp().getResponse<FastifyReply>(), token);
    const needed = neededRole(context);
    if (needed && !mayActAs(session.who.role, needed)) {
      throw Problem.forbidden(
        'session.not-allowed',
        `This is for ${ROLE_WORDS[needed]}. Ask an owner of the workspace.`,
      );
    }
    request.who = session.who;
    return true;
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
