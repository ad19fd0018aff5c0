import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import type { Page } from '#shared/api/common.ts';
import {
  type DecideReview,
  decideReviewSchema,
  inboxOpenSchema,
  inboxPageSchema,
  type InboxQuery,
  inboxQuerySchema,
  type Review,
} from '#shared/api/inbox.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api } from '../../web/api.ts';
import { Inbox } from './inbox.service.ts';

/** Texts that may be a STOP and wait for somebody to read them. */
@Controller('api/inbox')
export class InboxController {
  constructor(private readonly inbox: Inbox) {}

  @Get()
  @Api({
    summary: 'Texts that may be a STOP: those to be read, oldest first, or those decided about',
    query: inboxQuerySchema,
    returns: inboxPageSchema,
    refuses: { 422: ['inbox.search-too-wide'] },
  })
  list(@Me() me: Who, @Query() query: InboxQuery): Promise<Page<Review>> {
    return this.inbox.page(me, query);
  }

  @Get('open')
  @Api({ summary: 'How many texts wait to be read', returns: inboxOpenSchema })
  open(@Me() me: Who): Promise<{ open: number }> {
    return this.inbox.open(me);
  }

  @Put(':id/decision')
  @Needs('agent')
  @HttpCode(204)
  @Api({
    summary: 'Decide what a text was: a STOP, with all that follows from one, or none',
    body: decideReviewSchema,
    refuses: { 404: ['review.not-found'], 409: ['review.decided', 'review.no-sender'] },
  })
  decide(@Me() me: Who, @Param('id') id: string, @Body() body: DecideReview): Promise<void> {
    return this.inbox.decide(me, id, body);
  }

  @Delete(':id/decision')
  @Needs('agent')
  @HttpCode(204)
  @Api({
    summary: 'Take a decision back: the text waits to be read again',
    refuses: { 404: ['review.not-found'], 409: ['review.moved-on', 'review.no-sender'] },
  })
  undo(@Me() me: Who, @Param('id') id: string): Promise<void> {
    return this.inbox.undo(me, id);
  }
}
