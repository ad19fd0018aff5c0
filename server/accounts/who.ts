import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Role } from '#shared/api/session.ts';

/** The person a request or a socket acts for. */
export interface Who {
  readonly personId: string;
  readonly workspaceId: string;
  readonly role: Role;
  /** Names the session, for signing out. */
  readonly sessionHash: Buffer;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by SessionGuard on every route that is not open. */
    who?: Who;
  }
}

/** A parameter of a closed route: the person who asks. */
export const Me = createParamDecorator((_: unknown, context: ExecutionContext): Who => {
  const { who } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!who) throw new Error('@Me() stands on a route that is open to everybody.');
  return who;
});
