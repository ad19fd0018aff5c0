import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import type { Page } from '#shared/api/common.ts';
import {
  type ChangeFlow,
  type CreatedFlow,
  type CreateFlow,
  changeFlowSchema,
  createdFlowSchema,
  createFlowSchema,
  type Flow,
  type FlowSummary,
  type FlowsQuery,
  flowSchema,
  needsSchema,
  type Needs as WorkspaceNeeds,
  flowsPageSchema,
  flowsQuerySchema,
  type Traffic,
  trafficSchema,
  type Worlds,
  worldsSchema,
} from '#shared/api/flows.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { FlowProofs } from './flow-proofs.service.ts';
import { Flows } from './flows.service.ts';

/** Flows as a whole. */
@Controller('api/flows')
export class FlowsController {
  constructor(
    private readonly flows: Flows,
    private readonly proofs: FlowProofs,
  ) {}

  @Get()
  @Api({ summary: 'The flows, last changed first', query: flowsQuerySchema, returns: flowsPageSchema })
  list(@Me() me: Who, @Query() query: FlowsQuery): Promise<Page<FlowSummary>> {
    return this.flows.page(me, query);
  }

  @Post()
  @Needs('author')
  @Api({
    summary:
      'Make a flow: from a template, from a definition, or empty; `issues` say what is wrong with it, such as a keyword that another flow has',
    body: createFlowSchema,
    returns: createdFlowSchema,
    refuses: {
      422: [
        'flow.template-unknown',
        'conversations.shape',
        'definition.shape',
        'definition.version',
        'definition.newer',
      ],
    },
  })
  create(@Me() me: Who, @Body() body: CreateFlow): Promise<CreatedFlow> {
    return this.flows.create(me, body);
  }

  @Get(':id')
  @Api({
    summary: 'A flow with its draft and what is wrong with it',
    returns: flowSchema,
    refuses: { 404: ['flow.not-found'] },
  })
  show(@Me() me: Who, @Param('id') id: string): Promise<Flow> {
    return this.flows.show(me, id);
  }

  @Patch(':id')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary:
      'Pause a flow, resume it, archive it, bring it back; what became doubtful meanwhile needs a reason',
    body: changeFlowSchema,
    refuses: {
      404: ['flow.not-found'],
      409: ['flow.never-published', 'flow.was-published'],
      422: ['flow.keyword-taken', 'flow.not-publishable', 'flow.needs-reason', 'flow.too-big-to-prove'],
      503: ['flow.prover-busy'],
    },
  })
  change(@Me() me: Who, @Param('id') id: string, @Body() body: ChangeFlow): Promise<void> {
    return this.flows.change(me, id, body);
  }

  @Post(':id/duplicate')
  @Needs('author')
  @Api({
    summary: 'Copy a flow; `issues` say what is wrong with the copy, such as the keyword that the other has',
    returns: createdFlowSchema,
    refuses: { 404: ['flow.not-found'] },
  })
  duplicate(@Me() me: Who, @Param('id') id: string): Promise<CreatedFlow> {
    return this.flows.duplicate(me, id);
  }

  @Post(':id/needs')
  @Needs('author')
  @HttpCode(204)
  @Api({
    summary: 'Add the lists, contests and pools of vouchers that the flow names and the workspace lacks',
    body: needsSchema,
    refuses: { 404: ['flow.not-found'] },
  })
  provide(@Me() me: Who, @Param('id') id: string, @Body() body: WorkspaceNeeds): Promise<void> {
    return this.flows.provide(me, id, body);
  }

  @Get(':id/worlds')
  @Api({
    summary: 'What the draft is proved against: senders, lists and the other live flows',
    returns: worldsSchema,
    refuses: { 404: ['flow.not-found'] },
  })
  worlds(@Me() me: Who, @Param('id') id: string): Promise<Worlds> {
    return this.proofs.worlds(me.workspaceId, id);
  }

  @Get(':id/traffic')
  @Api({
    summary: 'How often each line was gone along, and who waits where',
    returns: trafficSchema,
    refuses: { 404: ['flow.not-found'] },
  })
  traffic(@Me() me: Who, @Param('id') id: string): Promise<Traffic> {
    return this.flows.traffic(me, id);
  }
}
