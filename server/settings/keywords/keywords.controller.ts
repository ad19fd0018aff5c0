import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { type Keyword, keywordSchema } from '#shared/api/keywords.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api } from '../../web/api.ts';
import { KeywordsRepository } from './keywords.repository.ts';

/** The keywords in force. */
@Controller('api/keywords')
export class KeywordsController {
  constructor(private readonly keywords: KeywordsRepository) {}

  @Get()
  @Api({ summary: 'The keywords people can text now', returns: z.array(keywordSchema) })
  list(@Me() me: Who): Promise<Keyword[]> {
    return this.keywords.live(me.workspaceId);
  }
}
