import { Body, Controller, HttpCode, Patch, Post } from '@nestjs/common';
import { type Sending, sendingSchema, type Workspace, workspaceSchema } from '#shared/api/settings.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api } from '../../api-docs/api.ts';
import { Workspaces } from './workspaces.service.ts';

/** The workspace itself, and the switch that stops all sending. */
@Controller('api')
export class WorkspaceController {
  constructor(private readonly workspaces: Workspaces) {}

  @Patch('workspace')
  @Needs('owner')
  @HttpCode(204)
  @Api({
    summary: 'Change name and time zone of the workspace',
    body: workspaceSchema,
    refuses: { 422: ['workspace.time-zone'] },
  })
  change(@Me() me: Who, @Body() body: Workspace): Promise<void> {
    return this.workspaces.change(me, body);
  }

  @Post('sending')
  @Needs('compliance')
  @HttpCode(204)
  @Api({ summary: 'Stop all sending now, or start it again', body: sendingSchema })
  setSending(@Me() me: Who, @Body() body: Sending): Promise<void> {
    return this.workspaces.setSending(me, body.stopped);
  }
}
