import { Injectable } from '@nestjs/common';
import { lowestId } from '../common/ids.ts';
import { Transactions } from '../database/transactions.ts';
import { blockOf, IN_BLOCK, scoresIn, UNWRITTEN_BLOCKS } from './scores-told.ts';
import type { Scored } from './surveys.repository.ts';

/** Writes scores beside the runs that were told them, a block of runs at a time. */
@Injectable()
export class ScoreFoldsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** Blocks that are not written yet, or have got another run since; none as young as `now`, which may still get some any moment. */
  async due({ workspaceId, flowId, answer }: Scored, now: number): Promise<string[]> {
    const rows: { block: string }[] = await this.transactions.manager.query(
      `select u.block from (${UNWRITTEN_BLOCKS}) u where u.block < ${blockOf('$5')} order by 1`,
      [workspaceId, flowId, answer, lowestId(now - LATE_MS), lowestId(now)],
    );
    return rows.map(({ block }) => block);
  }

  /** Has the planner and the reader of scores know what was written. */
  async tidy(): Promise<void> {
    await this.transactions.manager.query('vacuum (analyze) survey_scores');
  }

  /**
   * Writes a block; false where a run of it is still under way. Whoever is being erased meanwhile is waited for, or waits: the lock keeps
   * them from taking away scores before what was read of their runs is written.
   */
  fold({ workspaceId, flowId, answer }: Scored, block: string): Promise<boolean> {
    return this.transactions.run(async () => {
      const { manager } = this.transactions;
      const inBlock = `r.workspace_id = $1 and r.flow_id = $2 and ${IN_BLOCK}`;
      const [seen]: { runs: number; over: boolean }[] = await manager.query(
        `select count(*)::int as runs, bool_and(r.status = 'ended') as over
         from (select $3::text as block) b, runs r where ${inBlock}`,
        [workspaceId, flowId, block],
      );
      if (!seen?.over) return false;
      await manager.query('lock table survey_scores in share row exclusive mode');
      await manager.query(
        `insert into survey_scores (workspace_id, flow_id, answer, contact_id, run_id, score, ended_at)
         select $1, $2, $3, contact_id, run_id, score, ended_at
         from (${scoresIn('(select $4::text as block) b, runs r', '$3', `${inBlock} and r.status = 'ended'`)}) t
         on conflict do nothing`,
        [workspaceId, flowId, answer, block],
      );
      await manager.query(
        `insert into survey_blocks (workspace_id, flow_id, answer, block, runs) values ($1, $2, $3, $4, $5)
         on conflict (workspace_id, flow_id, answer, block) do update set runs = excluded.runs`,
        [workspaceId, flowId, answer, block, seen.runs],
      );
      return true;
    });
  }
}

/** After so many milliseconds no run comes into a block any more. */
const LATE_MS = 30 * 86_400_000;
