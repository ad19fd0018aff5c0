import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { type Page, slugSchema } from '#shared/api/common.ts';
import {
  type ChangeContest,
  type Contest,
  type ContestDeed,
  type ContestSummary,
  type ContestsQuery,
  changeContestSchema,
  contestDeedSchema,
  contestSchema,
  contestsPageSchema,
  contestsQuerySchema,
  type SaveContest,
  saveContestSchema,
} from '#shared/api/contests.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { Contests } from './contests.service.ts';

const params = { key: slugSchema };
const GONE = { 404: ['contest.not-found'] };

/** Contests: what people enter, and who may win. */
@Controller('api/contests')
export class ContestsController {
  constructor(private readonly contests: Contests) {}

  @Get()
  @Api({ summary: 'Contests, newest first', query: contestsQuerySchema, returns: contestsPageSchema })
  list(@Me() me: Who, @Query() query: ContestsQuery): Promise<Page<ContestSummary>> {
    return this.contests.page(me, query);
  }

  @Post()
  @Needs('publisher')
  @HttpCode(204)
  @Api({ summary: 'Add a contest', body: saveContestSchema, refuses: { 409: ['contest.key-taken'] } })
  add(@Me() me: Who, @Body() body: SaveContest): Promise<void> {
    return this.contests.add(me, body);
  }

  @Get(':key')
  @Api({
    summary: 'A contest with its terms, its draws, and the seal of the next draw',
    params,
    returns: contestSchema,
    refuses: GONE,
  })
  show(@Me() me: Who, @Param('key') key: string): Promise<Contest> {
    return this.contests.show(me, key);
  }

  @Patch(':key')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Change the terms of a contest',
    params,
    body: changeContestSchema,
    refuses: { ...GONE, 409: ['contest.listed'] },
  })
  change(@Me() me: Who, @Param('key') key: string, @Body() body: ChangeContest): Promise<void> {
    return this.contests.change(me, key, body);
  }

  @Post(':key/close')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Take no more entries, from now on',
    params,
    refuses: { ...GONE, 409: ['contest.closed'] },
  })
  close(@Me() me: Who, @Param('key') key: string): Promise<void> {
    return this.contests.close(me, key);
  }

  @Delete(':key')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Remove a contest that nobody entered and no live flow names',
    params,
    refuses: {
      ...GONE,
      409: ['contest.entered', 'contest.named'],
    },
  })
  remove(@Me() me: Who, @Param('key') key: string): Promise<void> {
    return this.contests.remove(me, key);
  }

  @Get(':key/deeds')
  @Api({
    summary: 'Who did what with a contest, the latest first',
    params,
    returns: z.array(contestDeedSchema),
    refuses: GONE,
  })
  deeds(@Me() me: Who, @Param('key') key: string): Promise<ContestDeed[]> {
    return this.contests.deedsOf(me, key);
  }
}
