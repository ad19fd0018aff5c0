import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Stream } from '#shared/api/common.ts';
import {
  type RunDetail,
  type RunsQuery,
  type RunSummary,
  runSchema,
  runsQuerySchema,
  runsStreamSchema,
} from '#shared/api/runs.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { Runs } from './runs.service.ts';

/** People’s passages through flows. */
@Controller('api/runs')
export class RunsController {
  constructor(private readonly runs: Runs) {}

  @Get()
  @Api({
    summary: 'Runs, newest first',
    query: runsQuerySchema,
    returns: runsStreamSchema,
    refuses: { 422: ['runs.search-too-wide'] },
  })
  list(@Me() me: Who, @Query() query: RunsQuery): Promise<Stream<RunSummary>> {
    return this.runs.list(me, query);
  }

  @Get(':id')
  @Api({ summary: 'A run with its trail', returns: runSchema, refuses: { 404: ['run.not-found'] } })
  show(@Me() me: Who, @Param('id') id: string): Promise<RunDetail> {
    return this.runs.show(me, id);
  }

  @Post(':id/cancel')
  @Needs('agent')
  @HttpCode(204)
  @Api({ summary: 'End a run that still waits', refuses: { 404: ['run.not-found'], 409: ['run.ended'] } })
  cancel(@Me() me: Who, @Param('id') id: string): Promise<void> {
    return this.runs.cancel(me, id);
  }
}
