import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CodesLoad } from '#shared/api/vouchers.ts';

/** One loading of codes, by the name that whoever began it gave it. */
export interface LoadName {
  workspaceId: string;
  pool: string;
  id: string;
}

export type LoadPlace = Pick<CodesLoad, 'step' | 'done' | 'total'>;

/** A loading of which nothing was heard for so long has ended with its node; in milliseconds. */
const SILENT_MS = 15_000;
/** Those that are over are known for so long; in milliseconds. */
const KNOWN_MS = 10 * 60_000;

/** How far loadings are and which were called back: outside of their transactions, so that others see it. */
@Injectable()
export class LoadsRepository {
  constructor(private readonly database: DataSource) {}

  /** False where one of that name is known that has begun or is over. */
  async begin(
    load: LoadName,
    { made, total }: Pick<CodesLoad, 'made' | 'total'>,
    now: Date,
  ): Promise<boolean> {
    await this.database.query('delete from voucher_loads where seen_at < $1', [
      new Date(now.getTime() - KNOWN_MS),
    ]);
    const rows: unknown[] = await this.database.query(
      `insert into voucher_loads (workspace_id, pool, id, step, made, total, seen_at) values ($1, $2, $3, 'waiting', $4, $5, $6)
       on conflict (workspace_id, pool, id) do update set step = 'waiting', made = $4, total = $5, seen_at = $6
       where voucher_loads.step is null
       returning 1`,
      [...keyOf(load), made, total, now],
    );
    return rows.length === 1;
  }

  /** Says how far it is. Returns whether it was called back. */
  async tell(load: LoadName, { step, done, total }: LoadPlace, now: Date): Promise<boolean> {
    const [rows]: [{ called_back: boolean }[], number] = await this.database.query(
      `update voucher_loads set step = $4, done = $5, total = $6, seen_at = $7 where ${THIS} returning called_back`,
      [...keyOf(load), step, done, total, now],
    );
    return rows[0]?.called_back ?? false;
  }

  /** From now on nobody calls it back. False where somebody has. */
  async end(load: LoadName, now: Date): Promise<boolean> {
    const [, ended]: [unknown, number] = await this.database.query(
      `update voucher_loads set is_over = true, seen_at = $4 where ${THIS} and not called_back`,
      [...keyOf(load), now],
    );
    return ended === 1;
  }

  /** Nothing came of it. */
  async drop(load: LoadName): Promise<void> {
    await this.database.query(`delete from voucher_loads where ${THIS}`, keyOf(load));
  }

  /** Calls one back, also one whose text is still on its way. False where that is too late. */
  async callBack(load: LoadName, now: Date): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `insert into voucher_loads (workspace_id, pool, id, called_back, seen_at) values ($1, $2, $3, true, $4)
       on conflict (workspace_id, pool, id) do update set called_back = true where not voucher_loads.is_over
       returning 1`,
      [...keyOf(load), now],
    );
    return rows.length === 1;
  }

  /** Those under way. */
  underWay(workspaceId: string, pool: string, now: Date): Promise<CodesLoad[]> {
    return this.database.query(
      `select id, made, step, done, total from voucher_loads
       where workspace_id = $1 and pool = $2 and step is not null and not is_over and not called_back and seen_at > $3 order by id`,
      [workspaceId, pool, new Date(now.getTime() - SILENT_MS)],
    );
  }
}

const THIS = 'workspace_id = $1 and pool = $2 and id = $3';
const keyOf = ({ workspaceId, pool, id }: LoadName): string[] => [workspaceId, pool, id];
