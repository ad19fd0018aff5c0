import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import type { Stream } from '#shared/api/common.ts';
import {
  type Message,
  type MessageDetail,
  type MessagesQuery,
  messageDetailSchema,
  messagesQuerySchema,
  messagesStreamSchema,
  type Replay,
  type Replayed,
  replayedSchema,
  replaySchema,
} from '#shared/api/messages.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api, ApiFile } from '../web/api.ts';
import { messagesFile } from './messages-file.ts';
import { Messages } from './messages.service.ts';

const WIDE = { 422: ['messages.search-too-wide'] };

/** Texts in and out. */
@Controller('api')
export class MessagesController {
  constructor(private readonly messages: Messages) {}

  @Get('messages')
  @Api({
    summary: 'Texts in and out, newest first',
    query: messagesQuerySchema,
    returns: messagesStreamSchema,
    refuses: WIDE,
  })
  list(@Me() me: Who, @Query() query: MessagesQuery): Promise<Stream<Message>> {
    return this.messages.list(me, query);
  }

  @Get('messages/export')
  @Needs('compliance')
  @ApiFile({ summary: 'Texts in and out as a file', query: messagesQuerySchema, file: 'text/csv' })
  file(@Me() me: Who, @Query() query: MessagesQuery): Promise<StreamableFile> {
    return messagesFile(this.messages.all(me, query));
  }

  @Get('messages/:id')
  @Api({
    summary: 'A text, and why it did what it did',
    returns: messageDetailSchema,
    refuses: { 404: ['message.not-found'] },
  })
  show(@Me() me: Who, @Param('id') id: string): Promise<MessageDetail> {
    return this.messages.show(me, id);
  }

  @Post('messages/replay')
  @Needs('agent')
  @Api({
    summary: 'Decide again or send again all that a filter shows, up to 5,000 at a time',
    body: replaySchema,
    returns: replayedSchema,
    refuses: WIDE,
  })
  replayAll(@Me() me: Who, @Body() body: Replay): Promise<Replayed> {
    return this.messages.replayAll(me, body);
  }

  @Post('messages/:id/replay')
  @Needs('agent')
  @HttpCode(204)
  @Api({
    summary: 'Decide a text again that was set aside, or send one again that had failed',
    refuses: { 404: ['message.not-found'], 409: ['message.not-replayable'] },
  })
  replay(@Me() me: Who, @Param('id') id: string): Promise<void> {
    return this.messages.replay(me, id);
  }
}
