import { Controller, Get, Query } from '@nestjs/common';
import {
  type WordQuery,
  type WordStanding,
  wordQuerySchema,
  wordStandingSchema,
} from '#shared/api/keywords.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { Words } from './words.service.ts';

/** Words that flows might start with, for the dialogs that begin one. */
@Controller('api/keywords/standing')
export class WordsController {
  constructor(private readonly words: Words) {}

  @Get()
  @Api({
    summary: 'Whether a word is free for a flow, or a new one, and which one is where another flow has it',
    query: wordQuerySchema,
    returns: wordStandingSchema,
  })
  show(@Me() me: Who, @Query() { word, flow }: WordQuery): Promise<WordStanding> {
    return this.words.standing(me.workspaceId, word, flow);
  }
}
