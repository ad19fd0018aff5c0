import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { slugSchema } from '#shared/api/common.ts';
import {
  type Experiment,
  type ExperimentFileQuery,
  type ExperimentQuery,
  type ExperimentSummary,
  experimentFileQuerySchema,
  experimentQuerySchema,
  experimentSchema,
  experimentSummarySchema,
} from '#shared/api/experiments.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api, ApiFile } from '../web/api.ts';
import { experimentFile } from './experiment-file.ts';
import { Experiments } from './experiments.service.ts';

const KEY = { key: slugSchema };
const REFUSES = { 404: ['experiment.not-found'], 422: ['experiment.goal-unknown'] };

/** A/B tests and what they have shown. */
@Controller('api/experiments')
export class ExperimentsController {
  constructor(private readonly experiments: Experiments) {}

  @Get()
  @Api({ summary: 'The A/B tests, newest first', returns: z.array(experimentSummarySchema) })
  list(@Me() me: Who): Promise<ExperimentSummary[]> {
    return this.experiments.list(me);
  }

  @Get(':key')
  @Api({
    summary: 'What an A/B test has shown so far, measured by one goal',
    params: KEY,
    query: experimentQuerySchema,
    returns: experimentSchema,
    refuses: REFUSES,
  })
  show(@Me() me: Who, @Param('key') key: string, @Query() query: ExperimentQuery): Promise<Experiment> {
    return this.experiments.show(me, key, query.goal);
  }

  @Get(':key/export')
  @ApiFile({
    summary: 'What an A/B test has counted by day and arm, or its arms side by side, as a file',
    params: KEY,
    query: experimentFileQuerySchema,
    file: 'text/csv',
    refuses: REFUSES,
  })
  async file(
    @Me() me: Who,
    @Param('key') key: string,
    @Query() { goal, table }: ExperimentFileQuery,
  ): Promise<StreamableFile> {
    return experimentFile(await this.experiments.show(me, key, goal), table);
  }
}
