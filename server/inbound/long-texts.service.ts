import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { borrowConnection } from '../database/borrowed-connection.ts';
import { WriteSet } from '../database/write-set.ts';
import { BacklogService } from './backlog.service.ts';
import { enqueue } from './backlog-rows.ts';
import { KEPT_MS } from './long-texts.ts';

const EVERY_MS = 2_000;
const AT_ONCE = 200;

interface DueRow {
  workspace_id: string;
  contact_id: string;
  inbound_id: string;
  gateway_id: string;
}

/** Lets long texts go on whose missing parts were waited for long enough, with gaps, and forgets those that are long done. */
@Injectable()
export class LongTexts extends RoundsWorker {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    log: Log,
    private readonly backlog: BacklogService,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'Long texts could not be looked through.' });
  }

  /** Puts every long text whose time is up behind what its contact has waiting, whichever node comes first. */
  protected async round(): Promise<void> {
    const now = this.clock.now();
    const due: unknown[] = await this.database.query('select 1 from long_texts where due_at <= $1 limit 1', [
      new Date(now),
    ]);
    if (due.length === 0) return;
    await borrowConnection(this.database, async (inTransaction) => {
      for (let released = AT_ONCE; released === AT_ONCE; ) {
        released = await inTransaction((client) => release(client, now));
        if (released > 0) this.backlog.nudge();
      }
      await inTransaction((client) =>
        client.query('delete from long_texts where due_at <= $1 and done', [new Date(now)]),
      );
    });
  }
}

/** Contacts are locked first, as everywhere, and then looked at again: their last part may just have come. */
async function release(client: PoolClient, now: number): Promise<number> {
  const at = new Date(now);
  const { rows: held } = await client.query<Pick<DueRow, 'workspace_id' | 'contact_id'>>(
    `select c.workspace_id, c.id as contact_id from contacts c
     where (c.workspace_id, c.id) in (select workspace_id, contact_id from long_texts where due_at <= $1 and not done limit ${AT_ONCE})
     order by c.id for no key update skip locked`,
    [at],
  );
  const { rows } = await client.query<DueRow>(
    `update long_texts set done = true, due_at = $3 where due_at <= $4 and not done
       and (workspace_id, contact_id) in (select * from unnest($1::uuid[], $2::uuid[]))
     returning workspace_id, contact_id, inbound_id, gateway_id`,
    [held.map((row) => row.workspace_id), held.map((row) => row.contact_id), new Date(now + KEPT_MS), at],
  );
  const writes = new WriteSet();
  for (const row of rows)
    enqueue(
      { workspaceId: row.workspace_id, id: row.inbound_id, gatewayId: row.gateway_id },
      row.contact_id,
      writes,
    );
  await writes.flush(client);
  return rows.length;
}
