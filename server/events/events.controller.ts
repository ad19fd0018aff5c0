import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  type AnyoneEvent,
  type ContactEvent,
  contactEventSchema,
  type EventTaken,
  eventSchema,
  eventTakenSchema,
} from '#shared/api/events.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { Events } from './events.service.ts';

@Controller('api')
export class EventsController {
  constructor(private readonly events: Events) {}

  @Post('events')
  @Needs('agent')
  @HttpCode(200)
  @Api({
    summary: 'Tell that something happened to a person, by number',
    body: eventSchema,
    returns: eventTakenSchema,
    refuses: { 409: ['event.partly'], 422: ['contact.phone'] },
  })
  tell(@Me() me: Who, @Body() body: AnyoneEvent): Promise<EventTaken> {
    return this.events.tell(me, body);
  }

  @Post('contacts/:id/events')
  @Needs('agent')
  @HttpCode(200)
  @Api({
    summary: 'Tell that something happened to a contact',
    body: contactEventSchema,
    returns: eventTakenSchema,
    refuses: { 404: ['contact.not-found'], 409: ['event.partly'] },
  })
  tellOf(@Me() me: Who, @Param('id') id: string, @Body() body: ContactEvent): Promise<EventTaken> {
    return this.events.tellOf(me, id, body);
  }
}
