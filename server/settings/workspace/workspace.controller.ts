import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { type Sending, type SendingSwitch, sendingSchema, sendingSwitchSchema } from '#shared/api/sending.ts';
import { type ChangeWorkspace, changeWorkspaceSchema } from '#shared/api/workspace.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api } from '../../web/api.ts';
import { Workspaces } from './workspaces.service.ts';

/** The workspace itself, and the switch that stops all sending. */
@Controller('api')
export class WorkspaceController {
  constructor(private readonly workspaces: Workspaces) {}

  @Patch('workspace')
  @Needs('owner')
  @HttpCode(204)
  @Api({
    summary: 'Change name, time zone and caps of the workspace',
    body: changeWorkspaceSchema,
    refuses: { 422: ['workspace.time-zone'] },
  })
  change(@Me() me: Who, @Body() body: ChangeWorkspace): Promise<void> {
    return this.workspaces.change(me, body);
  }

  @Get('sending')
  @Api({
    summary: 'Who stopped all sending and started it again, the latest first',
    returns: z.array(sendingSwitchSchema),
  })
  switches(@Me() me: Who): Promise<SendingSwitch[]> {
    return this.workspaces.switches(me);
  }

  @Post('sending')
  @Needs('compliance')
  @HttpCode(204)
  @Api({ summary: 'Stop all sending now, or start it again', body: sendingSchema })
  setSending(@Me() me: Who, @Body() body: Sending): Promise<void> {
    return this.workspaces.setSending(me, body.stopped);
  }
}
