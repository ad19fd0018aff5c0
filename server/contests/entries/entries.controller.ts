import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { type Page, slugSchema } from '#shared/api/common.ts';
import {
  type AddEntry,
  addEntrySchema,
  type Because,
  type ContestEntry,
  type EntriesQuery,
  entriesPageSchema,
  entriesQuerySchema,
  reasonSchema,
} from '#shared/api/contests.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api, ApiFile } from '../../web/api.ts';
import { entriesFile } from './entries-file.ts';
import { ContestEntries } from './entries.service.ts';

const params = { key: slugSchema };
const GONE = { 404: ['contest.not-found'] };

/** The entries of contests. */
@Controller('api/contests/:key')
export class ContestEntriesController {
  constructor(private readonly entries: ContestEntries) {}

  @Get('entries')
  @Api({
    summary: 'The entries of a contest',
    params,
    query: entriesQuerySchema,
    returns: entriesPageSchema,
    refuses: { ...GONE, 422: ['entries.search-too-wide'] },
  })
  list(@Me() me: Who, @Param('key') key: string, @Query() query: EntriesQuery): Promise<Page<ContestEntry>> {
    return this.entries.page(me, key, query);
  }

  @Get('export')
  @Needs('compliance')
  @ApiFile({ summary: 'The entries of a contest as a file', params, file: 'text/csv', refuses: GONE })
  file(@Me() me: Who, @Param('key') key: string): Promise<StreamableFile> {
    return entriesFile(key, this.entries.all(me, key));
  }

  @Post('entries')
  @Needs('agent')
  @HttpCode(204)
  @Api({
    summary:
      'Enter somebody without a text, such as by letter: their chances are the same. That gives no consent',
    params,
    body: addEntrySchema,
    refuses: {
      ...GONE,
      409: ['contest.closed', 'contest.listed', 'entry.before'],
      422: ['entry.phone', 'entry.time'],
    },
  })
  add(@Me() me: Who, @Param('key') key: string, @Body() body: AddEntry): Promise<void> {
    return this.entries.add(me, key, body);
  }

  @Post('entries/:contactId/leave-out')
  @Needs('compliance')
  @HttpCode(204)
  @Api({
    summary: 'Leave an entry out of the draws to come, with a reason',
    params,
    body: reasonSchema,
    refuses: { 404: ['contest.not-found', 'entry.not-found'], 409: ['contest.listed'] },
  })
  leaveOut(
    @Me() me: Who,
    @Param('key') key: string,
    @Param('contactId') contactId: string,
    @Body() { because }: Because,
  ): Promise<void> {
    return this.entries.leaveOut(me, key, contactId, because);
  }

  @Post('entries/:contactId/take-back')
  @Needs('compliance')
  @HttpCode(204)
  @Api({
    summary: 'Let an entry that was left out take part again',
    params,
    refuses: { 404: ['contest.not-found', 'entry.not-found'], 409: ['contest.listed'] },
  })
  takeBack(@Me() me: Who, @Param('key') key: string, @Param('contactId') contactId: string): Promise<void> {
    return this.entries.leaveOut(me, key, contactId, null);
  }
}
