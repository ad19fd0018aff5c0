import { Body, Controller, Delete, Get, HttpCode, Ip, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type OwnPerson,
  ownPersonSchema,
  type Session,
  type SignIn,
  sessionSchema,
  signInSchema,
} from '#shared/api/session.ts';
import { Api } from '../web/api.ts';
import { InPerson, Open } from './access.ts';
import { OwnPersons } from './own-person.service.ts';
import { SessionCookie } from './session-cookie.ts';
import { Sessions } from './sessions.service.ts';
import { Me, type Who } from './who.ts';

/** Signing in and out, and what people change of themselves. */
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly persons: OwnPersons,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @Api({ summary: 'Who is signed in, and where', returns: sessionSchema })
  show(@Me() me: Who): Promise<Session> {
    return this.persons.show(me);
  }

  @Post()
  @Open()
  @HttpCode(204)
  @Api({
    summary: 'Sign in by one-time link, or by e-mail and password; the session is a cookie',
    body: signInSchema,
    refuses: {
      401: ['session.link-unknown', 'session.link-used', 'session.link-expired', 'session.wrong-password'],
      429: ['session.too-many-tries'],
    },
  })
  async open(
    @Body() body: SignIn,
    @Ip() address: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.cookie.give(request, reply, await this.sessions.open(body, address));
  }

  @Delete()
  @InPerson()
  @HttpCode(204)
  @Api({ summary: 'Sign out', refuses: { 403: ['session.in-person'] } })
  async close(
    @Me() me: Who,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.close(me);
    this.cookie.take(request, reply);
  }

  @Patch('person')
  @InPerson()
  @HttpCode(204)
  @Api({
    summary: 'Change your own name, e-mail or password; a new password signs you out everywhere else',
    body: ownPersonSchema,
    refuses: { 403: ['session.in-person'], 409: ['person.email-taken'] },
  })
  async change(@Me() me: Who, @Body() body: OwnPerson): Promise<void> {
    await this.persons.change(me, body);
  }
}
