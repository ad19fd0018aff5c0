import { Injectable } from '@nestjs/common';
import type { Workspace } from '#shared/api/settings.ts';
import type { Who } from '../../accounts/who.ts';
import { WorkspacesRepository } from '../../accounts/workspaces.repository.ts';
import { Log } from '../../common/log.ts';
import { Problem } from '../../common/problem.ts';
import { LiveFeed } from '../../live/live-feed.ts';

/** What holds for the whole workspace. */
@Injectable()
export class Workspaces {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly live: LiveFeed,
    private readonly log: Log,
  ) {}

  async change(me: Who, { name, timeZone }: Workspace): Promise<void> {
    if (!isTimeZone(timeZone)) {
      throw Problem.unprocessable(
        'workspace.time-zone',
        'There is no such time zone. Write one such as Europe/London.',
        {
          place: 'timeZone',
        },
      );
    }
    await this.workspaces.change(me.workspaceId, { name, timeZone });
    this.live.changed(me.workspaceId, 'settings');
  }

  async setSending(me: Who, stopped: boolean): Promise<void> {
    await this.workspaces.change(me.workspaceId, { sendingStopped: stopped });
    const { workspaceId, personId } = me;
    this.log.warn({ workspaceId, personId, stopped }, 'Somebody turned the switch that stops all sending.');
    this.live.changed(me.workspaceId, 'sending');
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
