import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import {
  type Publish,
  publishSchema,
  type SaveDraft,
  type SavedDraft,
  savedDraftSchema,
  saveDraftSchema,
  type Version,
  type VersionWithDefinition,
  versionSchema,
  versionWithDefinitionSchema,
} from '#shared/api/flows.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { Drafts } from './drafts.service.ts';
import { Publishing } from './publishing.service.ts';
import { Versions } from './versions.service.ts';

const NUMBER = { number: z.coerce.number().int().min(1).max(1_000_000) };

/** The draft of a flow, and the versions made of it. */
@Controller('api/flows/:id')
export class VersionsController {
  constructor(
    private readonly drafts: Drafts,
    private readonly publishing: Publishing,
    private readonly versions: Versions,
  ) {}

  @Put('draft')
  @Needs('author')
  @Api({
    summary: 'Save the draft',
    body: saveDraftSchema,
    returns: savedDraftSchema,
    refuses: {
      404: ['flow.not-found'],
      409: ['flow.draft-stale'],
      422: ['definition.shape', 'definition.version', 'definition.newer'],
    },
  })
  save(@Me() me: Who, @Param('id') id: string, @Body() body: SaveDraft): Promise<SavedDraft> {
    return this.drafts.save(me, id, body);
  }

  @Post('publish')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Publish the draft as the next version',
    body: publishSchema,
    refuses: {
      404: ['flow.not-found'],
      409: ['flow.draft-stale', 'flow.nothing-changed'],
      422: ['flow.not-publishable', 'flow.keyword-taken', 'flow.needs-reason', 'flow.too-big-to-prove'],
      503: ['flow.prover-busy'],
    },
  })
  publish(@Me() me: Who, @Param('id') id: string, @Body() body: Publish): Promise<void> {
    return this.publishing.publish(me, id, body);
  }

  @Get('versions')
  @Api({
    summary: 'The versions, newest first',
    returns: z.array(versionSchema),
    refuses: { 404: ['flow.not-found'] },
  })
  list(@Me() me: Who, @Param('id') id: string): Promise<Version[]> {
    return this.versions.list(me, id);
  }

  @Get('versions/:number')
  @Api({
    summary: 'A version with its definition',
    params: NUMBER,
    returns: versionWithDefinitionSchema,
    refuses: { 404: ['flow.version-not-found'] },
  })
  show(
    @Me() me: Who,
    @Param('id') id: string,
    @Param('number') number: number,
  ): Promise<VersionWithDefinition> {
    return this.versions.show(me, id, number);
  }

  @Post('versions/:number/restore')
  @Needs('author')
  @HttpCode(204)
  @Api({
    summary: 'Copy a version into the draft',
    params: NUMBER,
    refuses: { 404: ['flow.version-not-found'] },
  })
  restore(@Me() me: Who, @Param('id') id: string, @Param('number') number: number): Promise<void> {
    return this.drafts.restore(me, id, number);
  }
}
