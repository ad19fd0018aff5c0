import { Injectable } from '@nestjs/common';
import { nps } from '#flows/nodes/nps/definition.ts';
import { Transactions } from '../database/transactions.ts';

/** A flow that may ask for a score, with its published versions, the oldest first. */
export interface AskingFlow {
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

/** Reads the scores that people gave, from what their runs remember. */
@Injectable()
export class SurveysRepository {
  constructor(private readonly transactions: Transactions) {}

  /** The flows of which a version has a step that asks for a score, or looks like it; one of them or all. */
  asking(workspaceId: string, flowId: string | null): Promise<AskingFlow[]> {
    return this.transactions.manager.query(
      `select f.id, f.name, array_agg(v.id order by v.number) as versions
       from flow_versions v join flows f on f.id = v.flow_id
       where f.workspace_id = $1 and ($2::uuid is null or f.id = $2) and exists (
         select from flow_versions a where a.flow_id = f.id and a.definition::text like '%"' || $3::text || '"%')
       group by f.id order by f.name, f.id`,
      [workspaceId, flowId, nps.kind],
    );
  }

  /**
   * Each person's newest score under this name, by the version of the test that they had met when that run was over. Who was erased
   * counts no more: what they answered is gone.
   */
  scores(workspaceId: string, flowId: string, answer: string, test: string | null): Promise<ScoreCount[]> {
    return this.transactions.manager.query(
      `select a.arm, n.score::int as score, count(*)::int as people
       from (
         select distinct on (contact_id) contact_id, ended_at, score
         -- Apart, so that what a run remembers is taken to pieces once, and where the name is in it.
         from (
           select r.contact_id, r.id, r.ended_at, r.context #>> array['answers', $3] as score from runs r
           where r.workspace_id = $1 and r.flow_id = $2 and r.context::text like '%"' || $3 || '"%'
           offset 0) told
         where score = any('{0,1,2,3,4,5,6,7,8,9,10}')
         order by contact_id, id desc) n
       left join arms a on a.workspace_id = $1 and a.contact_id = n.contact_id and a.experiment = $4
         and (n.ended_at is null or a.exposed_at <= n.ended_at) and a.exposed_at is not null
       group by a.arm, n.score`,
      [workspaceId, flowId, answer, test],
    );
  }
}
