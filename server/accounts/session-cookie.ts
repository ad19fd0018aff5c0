import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config.ts';

/** Name of the cookie that carries a session's token. */
export const SESSION_COOKIE = 'textloom_session';
/** How long a session lasts after it was last used, in milliseconds. */
export const SESSION_LASTS = 30 * 24 * 3_600_000;

/** Hands browsers their session: no script reads it, no other site sends it along. */
@Injectable()
export class SessionCookie {
  constructor(private readonly config: Config) {}

  give(request: FastifyRequest, reply: FastifyReply, token: string): void {
    void reply.setCookie(SESSION_COOKIE, token, {
      ...this.attributes(request),
      maxAge: SESSION_LASTS / 1000,
    });
  }

  take(request: FastifyRequest, reply: FastifyReply): void {
    void reply.clearCookie(SESSION_COOKIE, this.attributes(request));
  }

  private attributes(request: FastifyRequest) {
    const secure = request.protocol === 'https' || (this.config.publicUrl?.startsWith('https:') ?? false);
    return { path: '/', httpOnly: true, sameSite: 'lax' as const, secure };
  }
}
