import { Injectable } from '@nestjs/common';
import type { SendingSwitch } from '#shared/api/sending.ts';
import type { ChangeWorkspace } from '#shared/api/workspace.ts';
import type { Who } from '../../accounts/who.ts';
import { WorkspacesRepository } from '../../accounts/workspaces.repository.ts';
import { Clock } from '../../common/clock.ts';
import { newId } from '../../common/ids.ts';
import { Log } from '../../common/log.ts';
import { Problem } from '../../common/problem.ts';
import { ZONES } from '../../common/zones.ts';
import { Transactions } from '../../database/transactions.ts';
import { LiveFeed } from '../../live/live-feed.ts';
import { PutOffTextsRepository } from '../put-off-texts.repository.ts';
import { ZoneChanges } from './zone-changes.ts';

const MOST_SWITCHES = 50;

/** What holds for the whole workspace. */
@Injectable()
export class Workspaces {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly transactions: Transactions,
    private readonly putOff: PutOffTextsRepository,
    private readonly zones: ZoneChanges,
    private readonly clock: Clock,
    private readonly live: LiveFeed,
    private readonly log: Log,
  ) {}

  async change(me: Who, change: ChangeWorkspace): Promise<void> {
    if (change.timeZone !== undefined && !ZONES.clock(change.timeZone)) {
      throw Problem.unprocessable(
        'workspace.time-zone',
        'There is no such time zone. Write one such as Europe/London.',
        {
          place: 'timeZone',
        },
      );
    }
    const { timeZone, marketingADay, marketingAWeek } = change;
    await this.transactions.run(async () => {
      await this.workspaces.change(me.workspaceId, change);
      if (timeZone !== undefined) await this.zones.tell(me.workspaceId, timeZone);
    });
    if ([timeZone, marketingADay, marketingAWeek].some((limit) => limit !== undefined))
      await this.putOff.lookAgain(me.workspaceId);
    this.live.changed(me.workspaceId, 'settings');
  }

  async setSending(me: Who, stopped: boolean): Promise<void> {
    const { workspaceId, personId } = me;
    const now = this.clock.now();
    await this.transactions.run(async () => {
      await this.workspaces.change(workspaceId, { sendingStopped: stopped });
      await this.workspaces.addSwitch({ workspaceId, id: newId(now), personId, stopped, at: new Date(now) });
    });
    this.log.warn({ workspaceId, personId, stopped }, 'Somebody turned the switch that stops all sending.');
    this.live.changed(me.workspaceId, 'sending');
  }

  /** Who stopped all sending and started it again, the latest first. */
  async switches(me: Who): Promise<SendingSwitch[]> {
    const rows = await this.workspaces.switches(me.workspaceId, MOST_SWITCHES);
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}
