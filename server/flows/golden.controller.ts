import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import {
  type GoldenSet,
  goldenSetSchema,
  type SavedGoldenSet,
  savedGoldenSetSchema,
} from '#shared/api/conversations.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { Golden } from './golden.service.ts';

/** The golden conversations of a flow's draft. */
@Controller('api/flows/:id/conversations')
export class GoldenController {
  constructor(private readonly golden: Golden) {}

  @Get()
  @Api({
    summary: 'The golden conversations of the draft: how it is meant to go',
    returns: goldenSetSchema,
    refuses: { 404: ['flow.not-found'] },
  })
  show(@Me() me: Who, @Param('id') id: string): Promise<GoldenSet> {
    return this.golden.show(me, id);
  }

  @Put()
  @Needs('author')
  @Api({
    summary: 'Save the golden conversations of the draft',
    body: goldenSetSchema,
    returns: savedGoldenSetSchema,
    refuses: { 404: ['flow.not-found'], 409: ['flow.conversations-stale'] },
  })
  save(@Me() me: Who, @Param('id') id: string, @Body() body: GoldenSet): Promise<SavedGoldenSet> {
    return this.golden.save(me, id, body);
  }
}
