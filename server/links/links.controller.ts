import { Controller, Get, Param } from '@nestjs/common';
import { type FlowLinks, flowLinksSchema } from '#shared/api/links.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { flowNotFound } from '../flows/flow-problems.ts';
import { LinksRepository } from './links.repository.ts';

@Controller('api/flows/:id/links')
export class LinksController {
  constructor(private readonly links: LinksRepository) {}

  @Get()
  @Api({
    summary: 'How the short links of a flow were taken up',
    returns: flowLinksSchema,
    refuses: { 404: ['flow.not-found'] },
  })
  async list(@Me() me: Who, @Param('id') id: string): Promise<FlowLinks> {
    if (!(await this.links.hasFlow(me.workspaceId, id))) throw flowNotFound();
    return { items: await this.links.figures(me.workspaceId, id) };
  }
}
