import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PeopleRepository } from '../accounts/people.repository.ts';
import { WorkspacesRepository } from '../accounts/workspaces.repository.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { Config } from '../config.ts';
import { DemoWorkspace } from './demo-workspace.ts';
import { Transactions } from '../database/transactions.ts';

/** Fills an empty database: a workspace and its owner, and the demo unless DEMO=off. */
@Injectable()
export class FirstStart implements OnApplicationBootstrap {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly people: PeopleRepository,
    private readonly demo: DemoWorkspace,
    private readonly transactions: Transactions,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.transactions.run(async () => {
      if (!(await this.workspaces.isEmpty())) return;
      await this.begin();
    });
  }

  private async begin(): Promise<void> {
    const now = this.clock.now();
    const createdAt = new Date(now);
    const workspaceId = newId(now);
    const ownerId = newId(now);
    await this.workspaces.add({
      id: workspaceId,
      name: this.config.demo ? 'Textloom Demo' : 'My workspace',
      timeZone: 'UTC',
      sendingStopped: false,
      marketingADay: null,
      marketingAWeek: null,
      createdAt,
    });
    await this.people.add({
      id: ownerId,
      workspaceId,
      name: 'Owner',
      email: null,
      role: 'owner',
      passwordHash: null,
      createdAt,
      lastSeenAt: null,
    });
    if (this.config.demo) await this.demo.fill(workspaceId);
  }
}
