import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  type ChangePerson,
  changePersonSchema,
  type Invitation,
  type InvitePerson,
  invitationSchema,
  invitePersonSchema,
  type Person,
  personSchema,
} from '#shared/api/people.ts';
import { Needs } from '../../accounts/access.ts';
import { BaseUrl } from '../../accounts/base-url.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api } from '../../web/api.ts';
import { People } from './people.service.ts';

/** Who works in the workspace. */
@Controller('api/people')
export class PeopleController {
  constructor(private readonly people: People) {}

  @Get()
  @Api({ summary: 'The people of the workspace', returns: z.array(personSchema) })
  list(@Me() me: Who): Promise<Person[]> {
    return this.people.list(me);
  }

  @Post()
  @Needs('owner')
  @Api({
    summary: 'Invite somebody; the answer has a one-time sign-in link to pass on',
    body: invitePersonSchema,
    returns: invitationSchema,
    refuses: { 409: ['person.email-taken'] },
  })
  invite(@Me() me: Who, @Body() body: InvitePerson, @BaseUrl() base: string): Promise<Invitation> {
    return this.people.invite(me, body, base);
  }

  @Post(':id/link')
  @Needs('owner')
  @Api({
    summary: 'A new one-time sign-in link for somebody',
    returns: invitationSchema,
    refuses: { 404: ['person.not-found'] },
  })
  inviteAgain(@Me() me: Who, @Param('id') id: string, @BaseUrl() base: string): Promise<Invitation> {
    return this.people.inviteAgain(me, id, base);
  }

  @Patch(':id')
  @Needs('owner')
  @HttpCode(204)
  @Api({
    summary: 'Change what somebody may do',
    body: changePersonSchema,
    refuses: { 404: ['person.not-found'], 409: ['person.last-owner'] },
  })
  changeRole(@Me() me: Who, @Param('id') id: string, @Body() body: ChangePerson): Promise<void> {
    return this.people.changeRole(me, id, body.role);
  }

  @Delete(':id')
  @Needs('owner')
  @HttpCode(204)
  @Api({
    summary: 'Remove somebody, who is signed out at once',
    refuses: { 404: ['person.not-found'], 409: ['person.last-owner'] },
  })
  remove(@Me() me: Who, @Param('id') id: string): Promise<void> {
    return this.people.remove(me, id);
  }
}
