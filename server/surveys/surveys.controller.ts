import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { idSchema } from '#shared/api/common.ts';
import {
  answerNameSchema,
  type Survey,
  type SurveyQuery,
  type SurveySummary,
  surveyQuerySchema,
  surveySchema,
  surveySummarySchema,
} from '#shared/api/surveys.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api, ApiFile } from '../web/api.ts';
import { surveyFile } from './survey-file.ts';
import { Surveys } from './surveys.service.ts';

const params = { flow: idSchema, answer: answerNameSchema };
const REFUSES = { 404: ['survey.not-found'], 422: ['survey.test-unknown'] };

/** Scores from 0 to 10 that people gave by text (NPS). */
@Controller('api/surveys')
export class SurveysController {
  constructor(private readonly surveys: Surveys) {}

  @Get()
  @Api({
    summary: 'Where flows ask for a score, with the score so far',
    returns: z.array(surveySummarySchema),
  })
  list(@Me() me: Who): Promise<SurveySummary[]> {
    return this.surveys.list(me);
  }

  @Get(':flow/:answer')
  @Api({
    summary: 'A score with its interval, told apart by the versions of an A/B test',
    params,
    query: surveyQuerySchema,
    returns: surveySchema,
    refuses: REFUSES,
  })
  show(
    @Me() me: Who,
    @Param('flow') flow: string,
    @Param('answer') answer: string,
    @Query() query: SurveyQuery,
  ): Promise<Survey> {
    return this.surveys.show(me, flow, answer, query.by);
  }

  @Get(':flow/:answer/export')
  @ApiFile({
    summary: 'A score of all people and of each version, as a file',
    params,
    query: surveyQuerySchema,
    file: 'text/csv',
    refuses: REFUSES,
  })
  async file(
    @Me() me: Who,
    @Param('flow') flow: string,
    @Param('answer') answer: string,
    @Query() query: SurveyQuery,
  ): Promise<StreamableFile> {
    return surveyFile(await this.surveys.show(me, flow, answer, query.by));
  }
}
