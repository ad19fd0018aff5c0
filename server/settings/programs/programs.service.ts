import { Injectable } from '@nestjs/common';
import type { ChangeProgram, Program, SaveProgram } from '#shared/api/programs.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { newId } from '../../common/ids.ts';
import { Problem } from '../../common/problem.ts';
import { LiveFeed } from '../../live/live-feed.ts';
import { SettingChanges } from '../setting-changes.ts';
import { ProgramsRepository } from './programs.repository.ts';

/** Programs: the brand and the words that answer HELP, STOP and START. */
@Injectable()
export class Programs {
  constructor(
    private readonly programs: ProgramsRepository,
    private readonly changes: SettingChanges,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  async list(me: Who): Promise<Program[]> {
    const rows = await this.programs.inWorkspace(me.workspaceId);
    return rows.map(({ workspaceId: _workspace, createdAt: _created, ...program }) => program);
  }

  async add(workspaceId: string, save: SaveProgram): Promise<{ id: string }> {
    const now = this.clock.now();
    const id = newId(now);
    await this.programs.add({ ...save, id, workspaceId, createdAt: new Date(now) });
    this.live.changed(workspaceId, 'settings');
    return { id };
  }

  /** Changes a program's words, unless a live flow could not be published with them. */
  async change(me: Who, id: string, change: ChangeProgram): Promise<void> {
    await this.changes.make(me.workspaceId, async () => {
      if (await this.programs.change(me.workspaceId, id, change)) return;
      throw Problem.notFound('program.not-found', 'There is no such program.');
    });
    this.live.changed(me.workspaceId, 'settings');
  }
}
