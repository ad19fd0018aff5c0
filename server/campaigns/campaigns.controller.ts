import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { z } from 'zod';
import {
  type AddPeople,
  addPeopleSchema,
  type BeginCampaign,
  beginCampaignSchema,
  type Campaign,
  type CampaignPeopleQuery,
  type CampaignPerson,
  type CampaignPreview,
  type CampaignSummary,
  type CampaignsQuery,
  type CreateCampaign,
  campaignPeoplePageSchema,
  campaignPeopleQuerySchema,
  campaignPreviewSchema,
  campaignSchema,
  campaignsPageSchema,
  campaignsQuerySchema,
  createCampaignSchema,
  type PeopleAdded,
  peopleAddedSchema,
  type UpdateCampaign,
  updateCampaignSchema,
} from '#shared/api/campaigns.ts';
import { type Created, createdSchema, type Page } from '#shared/api/common.ts';
import { type ProblemIssue, problemIssueSchema } from '#shared/api/problem.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api, ApiFile } from '../web/api.ts';
import { peopleFile } from './people-file.ts';
import { Campaigns } from './campaigns.service.ts';

const GONE = { 404: ['campaign.not-found'] };
/** How a flow is refused that cannot be proved, and one that promises something which a campaign would break. */
const UNFINISHED = { 422: ['flow.too-big-to-prove'], 503: ['flow.prover-busy'] };
const UNPROVED = { 422: ['flow.not-orderable', ...UNFINISHED[422]], 503: UNFINISHED[503] };

/** How the plan of a campaign is refused, with its place. */
const UNFIT = [
  'campaign.time',
  'campaign.file-once',
  'list.not-found',
  'order.sender-needed',
  'order.sender-unknown',
  ...UNPROVED[422],
];

/** Flows begun with many people. */
@Controller('api/campaigns')
export class CampaignsController {
  constructor(private readonly campaigns: Campaigns) {}

  @Get()
  @Api({ summary: 'Campaigns, newest first', query: campaignsQuerySchema, returns: campaignsPageSchema })
  list(@Me() me: Who, @Query() query: CampaignsQuery): Promise<Page<CampaignSummary>> {
    return this.campaigns.page(me, query);
  }

  @Post()
  @Needs('publisher')
  @Api({
    summary: 'Draft a campaign: a flow for many people. Nothing goes out before it is begun',
    body: createCampaignSchema,
    returns: createdSchema,
    refuses: {
      404: ['flow.not-found', 'flow.version-not-found'],
      409: ['flow.not-live'],
      422: UNFIT,
      503: UNPROVED[503],
    },
  })
  create(@Me() me: Who, @Body() body: CreateCampaign): Promise<Created> {
    return this.campaigns.create(me, body);
  }

  @Get(':id')
  @Api({ summary: 'A campaign, and how it goes', returns: campaignSchema, refuses: GONE })
  show(@Me() me: Who, @Param('id') id: string): Promise<Campaign> {
    return this.campaigns.show(me, id);
  }

  @Put(':id')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Change a draft, unless somebody else changed it since its revision was read',
    body: updateCampaignSchema,
    refuses: {
      404: [...GONE[404], 'flow.not-found', 'flow.version-not-found'],
      409: ['campaign.stale', 'campaign.status', 'flow.not-live'],
      422: UNFIT,
      503: UNPROVED[503],
    },
  })
  update(@Me() me: Who, @Param('id') id: string, @Body() body: UpdateCampaign): Promise<void> {
    return this.campaigns.update(me, id, body);
  }

  @Post(':id/reopen')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Make one that waits for its time a draft again, to be changed: it does not begin meanwhile',
    refuses: { ...GONE, 409: ['campaign.status'] },
  })
  reopen(@Me() me: Who, @Param('id') id: string): Promise<void> {
    return this.campaigns.reopen(me, id);
  }

  @Post(':id/people')
  @Needs('publisher')
  @HttpCode(200)
  @Api({
    summary: 'Add the numbers of a file to a draft; that gives no consent',
    body: addPeopleSchema,
    returns: peopleAddedSchema,
    refuses: { ...GONE, 409: ['campaign.closed'] },
  })
  addPeople(@Me() me: Who, @Param('id') id: string, @Body() body: AddPeople): Promise<PeopleAdded> {
    return this.campaigns.addPeople(me, id, body);
  }

  @Get(':id/preview')
  @Api({
    summary: 'What it would do if it began now: people, what the gate holds back, parts, when it ends',
    returns: campaignPreviewSchema,
    refuses: { ...GONE, 409: ['campaign.sender-removed'] },
  })
  preview(@Me() me: Who, @Param('id') id: string): Promise<CampaignPreview> {
    return this.campaigns.preview(me, id);
  }

  @Get(':id/findings')
  @Api({
    summary:
      'What its flow promises and would not keep to people who have not texted: errors, for which it cannot be begun, and warnings, each with a conversation',
    returns: z.array(problemIssueSchema),
    refuses: { ...GONE, ...UNFINISHED },
  })
  findings(@Me() me: Who, @Param('id') id: string): Promise<ProblemIssue[]> {
    return this.campaigns.findings(me, id);
  }

  @Post(':id/begin')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Begin it at its time, or go on with it after a pause',
    body: beginCampaignSchema,
    refuses: {
      ...GONE,
      ...UNPROVED,
      409: ['campaign.status', 'campaign.stale', 'campaign.nobody', 'campaign.too-late', 'flow.not-live'],
    },
  })
  begin(@Me() me: Who, @Param('id') id: string, @Body() body: BeginCampaign): Promise<void> {
    return this.campaigns.begin(me, id, body);
  }

  @Post(':id/pause')
  @Needs('publisher')
  @HttpCode(204)
  @Api({ summary: 'Begin with nobody else until it goes on', refuses: { ...GONE, 409: ['campaign.status'] } })
  pause(@Me() me: Who, @Param('id') id: string): Promise<void> {
    return this.campaigns.pause(me, id);
  }

  @Post(':id/cancel')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Leave out everybody who has not had their turn; a series ends with it',
    refuses: { ...GONE, 409: ['campaign.status'] },
  })
  cancel(@Me() me: Who, @Param('id') id: string): Promise<void> {
    return this.campaigns.cancel(me, id);
  }

  @Delete(':id')
  @Needs('publisher')
  @HttpCode(204)
  @Api({ summary: 'Throw a draft away', refuses: { ...GONE, 409: ['campaign.status'] } })
  remove(@Me() me: Who, @Param('id') id: string): Promise<void> {
    return this.campaigns.remove(me, id);
  }

  @Get(':id/people')
  @Api({
    summary: 'Its people, by number, with what came of each',
    query: campaignPeopleQuerySchema,
    returns: campaignPeoplePageSchema,
    refuses: { ...GONE, 422: ['campaign.search-too-wide'] },
  })
  people(
    @Me() me: Who,
    @Param('id') id: string,
    @Query() query: CampaignPeopleQuery,
  ): Promise<Page<CampaignPerson>> {
    return this.campaigns.people(me, id, query);
  }

  @Get(':id/export')
  @Needs('compliance')
  @ApiFile({ summary: 'Its people as a file', file: 'text/csv', refuses: GONE })
  file(@Me() me: Who, @Param('id') id: string): Promise<StreamableFile> {
    return peopleFile(this.campaigns.allPeople(me, id));
  }
}
