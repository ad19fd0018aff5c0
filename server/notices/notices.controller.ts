import { Controller, Get, Query } from '@nestjs/common';
import type { Stream } from '#shared/api/common.ts';
import {
  type Notice,
  type NoticesQuery,
  noticesQuerySchema,
  noticesStreamSchema,
} from '#shared/api/notices.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { Notices } from './notices.service.ts';

@Controller('api/notices')
export class NoticesController {
  constructor(private readonly notices: Notices) {}

  @Get()
  @Api({
    summary: 'What flows told the team, newest first',
    query: noticesQuerySchema,
    returns: noticesStreamSchema,
  })
  list(@Me() me: Who, @Query() query: NoticesQuery): Promise<Stream<Notice>> {
    return this.notices.list(me, query);
  }
}
