import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Transactions } from '../database/transactions.ts';
import { WorkspaceEntity } from './workspace.entity.ts';

/** Any number of our own: whoever fills an empty database holds this lock, so that two nodes do not both do it. */
const FIRST_START_LOCK = 7_839_548_202;

/** A turn of the switch that stops all sending. */
export interface SwitchRow {
  id: string;
  stopped: boolean;
  at: Date;
  by: string | null;
  command: string | null;
}

/** Reads and writes workspaces, and holds the locks that make others wait for one. */
@Injectable()
export class WorkspacesRepository {
  constructor(private readonly transactions: Transactions) {}

  private get workspaces(): Repository<WorkspaceEntity> {
    return this.transactions.repository(WorkspaceEntity);
  }

  /** Whether this is a first start. Inside a transaction the answer holds until its end. */
  async isEmpty(): Promise<boolean> {
    await this.transactions.manager.query('select pg_advisory_xact_lock($1)', [FIRST_START_LOCK]);
    return !(await this.workspaces.exists());
  }

  async add(workspace: WorkspaceEntity): Promise<void> {
    await this.workspaces.insert(workspace);
  }

  async change(
    id: string,
    change: Partial<
      Pick<WorkspaceEntity, 'name' | 'timeZone' | 'sendingStopped' | 'marketingADay' | 'marketingAWeek'>
    >,
  ): Promise<void> {
    if (Object.keys(change).length > 0) await this.workspaces.update({ id }, change);
  }

  /** Writes down that somebody stopped all sending, or started it again. */
  async addSwitch(turned: {
    workspaceId: string;
    id: string;
    personId: string | null;
    stopped: boolean;
    at: Date;
  }): Promise<void> {
    await this.transactions.manager.query(
      'insert into sending_switches (workspace_id, id, person_id, stopped, at) values ($1, $2, $3, $4, $5)',
      [turned.workspaceId, turned.id, turned.personId, turned.stopped, turned.at],
    );
  }

  /** Who turned that switch, the latest first. */
  switches(workspaceId: string, most: number): Promise<SwitchRow[]> {
    return this.transactions.manager.query(
      `select s.id, s.stopped, s.at, p.name as by, s.command from sending_switches s left join people p on p.id = s.person_id
       where s.workspace_id = $1 order by s.id desc limit $2`,
      [workspaceId, most],
    );
  }

  /** Lets nobody else publish or change the lists of this workspace until the transaction ends. */
  async lock(id: string): Promise<void> {
    await this.transactions.manager.query('select 1 from workspaces where id = $1 for no key update', [id]);
  }
}
