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
   * Writes the next piece of a block, behind those that are written, whoever wrote them; the `first` of a block that was whole begins with
   * it again. `open`: a run of it is still under way. Whoever is being erased meanwhile is waited for, or waits: the lock keeps them from
   * taking away scores before what was read of their runs is written.
   */
  foldPiece(
    { workspaceId, flowId, answer }: Scored,
    block: string,
    { first, most = AT_ONCE }: { first: boolean; most?: number },
  ): Promise<'more' | 'whole' | 'open'> {
    const key = [workspaceId, flowId, answer, block];
    return this.transactions.run(async () => {
      const { manager } = this.transactions;
      await manager.query('lock table survey_scores in share row exclusive mode');
      const [known]: { runs: number; upto: string | null }[] = await manager.query(
        'select runs, upto from survey_blocks where workspace_id = $1 and flow_id = $2 and answer = $3 and block = $4',
        key,
      );
      if (known?.upto === null && !first) return 'whole';
      const upto = known?.upto ?? null;
      const [seen]: { runs: number; over: boolean; last: string | null }[] = await manager.query(
        `select count(*)::int as runs, coalesce(bool_and(status = 'ended'), true) as over,
           (array_agg(id order by id desc))[1] as last from (${PIECE}) r`,
        [workspaceId, flowId, block, upto, most],
      );
      if (!seen?.over) return 'open';
      await manager.query(
        `insert into survey_scores (workspace_id, flow_id, answer, contact_id, run_id, score, ended_at)
         select $1, $2, $6, contact_id, run_id, score, ended_at
         from (${scoresIn(`(${PIECE}) r`, '$6', `r.status = 'ended'`)}) t
         on conflict do nothing`,
        [workspaceId, flowId, block, upto, most, answer],
      );
      const runs = (upto === null ? 0 : (known?.runs ?? 0)) + seen.runs;
      const isLast = seen.runs < most;
      // One that came between those that were written already: from the beginning, next time.
      if (isLast && runs !== (await this.runsIn(workspaceId, flowId, block))) {
        await manager.query(
          'delete from survey_blocks where workspace_id = $1 and flow_id = $2 and answer = $3 and block = $4',
          key,
        );
        return 'open';
      }
      await manager.query(
        `insert into survey_blocks (workspace_id, flow_id, answer, block, runs, upto) values ($1, $2, $3, $4, $5, $6)
         on conflict (workspace_id, flow_id, answer, block) do update set runs = excluded.runs, upto = excluded.upto`,
        [...key, runs, isLast ? null : seen.last],
      );
      return isLast ? 'whole' : 'more';
    });
  }

  private async runsIn(workspaceId: string, flowId: string, block: string): Promise<number> {
    const [row]: { runs: number }[] = await this.transactions.manager.query(
      `select count(*)::int as runs from (select $3::text as block) b, runs r
       where r.workspace_id = $1 and r.flow_id = $2 and ${IN_BLOCK}`,
      [workspaceId, flowId, block],
    );
    return row?.runs ?? 0;
  }
}

/** Runs whose memories are read in one transaction, which nobody who is being erased waits for longer than a moment. */
const AT_ONCE = 10_000;

/** The first $5 runs of the block $3 behind the run $4, or of all of it. */
const PIECE = `select r.* from (select $3::text as block) b, runs r
  where r.workspace_id = $1 and r.flow_id = $2 and ${IN_BLOCK} and ($4::uuid is null or r.id > $4) order by r.id limit $5`;

/** After so many milliseconds no run comes into a block any more. */
const LATE_MS = 30 * 86_400_000;
