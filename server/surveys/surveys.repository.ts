import { Injectable } from '@nestjs/common';
import { nps } from '#flows/nodes/nps/definition.ts';
import { lowestId } from '../common/ids.ts';
import { Transactions } from '../database/transactions.ts';
import { IN_BLOCK, scoresIn, UNWRITTEN_BLOCKS } from './scores-told.ts';

/** A flow that may ask for a score, with its published versions, the oldest first. */
export interface AskingFlow {
  workspaceId: string;
  id: string;
  name: string;
  versions: string[];
}

/** How many people gave a score, of those who had met a version of a test; null for those who had met none. */
export interface ScoreCount {
  arm: string | null;
  score: number;
  people: number;
}

/** Where scores are kept: a flow, and the name it has for them. */
export interface Scored {
  workspaceId: string;
  flowId: string;
  answer: string;
}

/** Reads the scores that people gave: those that were written beside their runs, and the others from what the runs remember. */
@Injectable()
export class SurveysRepository {
  constructor(private readonly transactions: Transactions) {}

  /** The flows of which a version has a step that asks for a score, or looks like it; one of them or all, of a workspace or of every one. */
  asking(workspaceId: string | null, flowId: string | null): Promise<AskingFlow[]> {
    return this.transactions.manager.query(
      `select f.workspace_id as "workspaceId", f.id, f.name, array_agg(v.id order by v.number) as versions
       from flow_versions v join flows f on f.id = v.flow_id
       where ($1::uuid is null or f.workspace_id = $1) and ($2::uuid is null or f.id = $2) and exists (
         select from flow_versions a where a.flow_id = f.id and a.definition::text like '%"' || $3::text || '"%')
       group by f.id order by f.name, f.id`,
      [workspaceId, flowId, nps.kind],
    );
  }

  /**
   * Each person's newest score under this name, by the version of the test that they had met when that run was over. Who was erased
   * counts no more: what they answered is gone.
   */
  async scores(scored: Scored, test: string | null, now: number): Promise<ScoreCount[]> {
    const { workspaceId, flowId, answer } = scored;
    const blocks = await this.unwritten(scored, now);
    return this.transactions.manager.query(
      `with told as materialized (
         select distinct on (contact_id) * from (${scoresIn(
           'unnest($5::text[]) b(block), runs r',
           '$3',
           `r.workspace_id = $1 and r.flow_id = $2 and ${IN_BLOCK}`,
         )}) t order by contact_id, run_id desc),
       -- As the index has them, so that nothing is sorted.
       kept as (
         select distinct on (contact_id) contact_id, run_id, score, ended_at from survey_scores
         where workspace_id = $1 and flow_id = $2 and answer = $3 order by contact_id desc, run_id desc),
       newest as (
         select coalesce(t.contact_id, k.contact_id) as contact_id, coalesce(t.score, k.score) as score,
           case when t.contact_id is null then k.ended_at else t.ended_at end as ended_at
         from kept k full join (
           select * from told t where not exists (
             select from survey_scores s where s.workspace_id = $1 and s.flow_id = $2 and s.answer = $3
               and s.contact_id = t.contact_id and s.run_id > t.run_id)) t on t.contact_id = k.contact_id)
       select a.arm, n.score, count(*)::int as people
       from newest n
         left join arms a on a.workspace_id = $1 and a.contact_id = n.contact_id and a.experiment = $4
           and (n.ended_at is null or a.exposed_at <= n.ended_at) and a.exposed_at is not null
       group by a.arm, n.score`,
      [workspaceId, flowId, answer, test, blocks],
    );
  }

  /**
   * The blocks of runs whose scores are not written beside them, or not all. Those of the last days are counted anew; a run that comes
   * into an older one, such as one that was ordered for today long ago, is noticed in the next round of those who write.
   */
  private async unwritten({ workspaceId, flowId, answer }: Scored, now: number): Promise<string[]> {
    const rows: { block: string }[] = await this.transactions.manager.query(UNWRITTEN_BLOCKS, [
      workspaceId,
      flowId,
      answer,
      lowestId(now - SURE_AFTER_MS),
    ]);
    return rows.map(({ block }) => block);
  }
}

/** After so many milliseconds hardly any run comes into a block. */
const SURE_AFTER_MS = 2 * 86_400_000;
