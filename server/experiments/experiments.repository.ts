import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import type { ExperimentSummary } from '#shared/api/experiments.ts';
import type { FlowStatus } from '#shared/api/flows.ts';
import { Transactions } from '../database/transactions.ts';
import { ExperimentEntity } from './experiment.entity.ts';

/** An experiment and whose it is. */
export interface ExperimentRow extends ExperimentEntity {
  flow: ExperimentSummary['flow'] & { status: FlowStatus };
}

/** People by arm. */
export interface ArmCount {
  arm: string;
  people: number;
}

/** What happened to the arms on one day. */
export interface DayCount extends ArmCount {
  /** ISO 8601, in the workspace's time zone. */
  day: string;
  what: 'exposure' | 'conversion';
}

const EXPOSED = 'workspace_id = $1 and experiment = $2 and exposed_at is not null';

/** Reads and writes experiments, and counts what the runtime wrote about their arms. */
@Injectable()
export class ExperimentsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get experiments(): Repository<ExperimentEntity> {
    return this.transactions.repository(ExperimentEntity);
  }

  /** Every experiment, the newest first. */
  async keys(workspaceId: string): Promise<string[]> {
    const rows: { key: string }[] = await this.transactions.manager.query(
      'select key from experiments where workspace_id = $1 order by started_at desc, key',
      [workspaceId],
    );
    return rows.map(({ key }) => key);
  }

  /** The same with what was drawn of them. */
  all(workspaceId: string): Promise<ExperimentEntity[]> {
    return this.experiments.find({ where: { workspaceId }, order: { startedAt: 'DESC', key: 'ASC' } });
  }

  async find(workspaceId: string, key: string): Promise<ExperimentRow | null> {
    const experiment = await this.experiments.findOneBy({ workspaceId, key });
    if (!experiment) return null;
    const [flow]: ExperimentRow['flow'][] = await this.transactions.manager.query(
      'select id, name, status from flows where id = $1',
      [experiment.flowId],
    );
    return flow ? { ...experiment, flow } : null;
  }

  /** The people who met each arm, and how many of them since a moment. */
  exposures(workspaceId: string, key: string, since: Date): Promise<(ArmCount & { lately: number })[]> {
    return this.transactions.manager.query(
      `select arm, count(*)::int as people, (count(*) filter (where exposed_at >= $3))::int as lately
       from arms where ${EXPOSED} group by arm order by arm`,
      [workspaceId, key, since],
    );
  }

  /** Of the people who met the experiment: how many got their arm in each of these spans. Each begins at a moment of `from`, ascending. */
  async exposuresBySpan(workspaceId: string, key: string, from: readonly Date[]): Promise<number[]> {
    const rows: { span: number; people: number }[] = await this.transactions.manager.query(
      `select width_bucket(assigned_at, $3::timestamptz[]) as span, count(*)::int as people from arms where ${EXPOSED} group by span`,
      [workspaceId, key, [...from]],
    );
    return from.map((_, at) => rows.find(({ span }) => span === at + 1)?.people ?? 0);
  }

  /** The people of each arm who reached each goal. */
  conversions(workspaceId: string, key: string): Promise<(ArmCount & { goal: string })[]> {
    return this.transactions.manager.query(
      `select goal, arm, count(*)::int as people from conversions
       where workspace_id = $1 and experiment = $2 group by goal, arm order by goal, arm`,
      [workspaceId, key],
    );
  }

  /** Exposures, and conversions to one goal, by day and arm, oldest first. */
  days(workspaceId: string, key: string, goal: string | null): Promise<DayCount[]> {
    return this.transactions.manager.query(
      `with zone as (select time_zone from workspaces where id = $1)
       select to_char(exposed_at at time zone time_zone, 'YYYY-MM-DD') as day, 'exposure' as what, arm, count(*)::int as people
         from arms, zone where ${EXPOSED} group by 1, arm
       union all
       select to_char(at at time zone time_zone, 'YYYY-MM-DD'), 'conversion', arm, count(*)::int
         from conversions, zone where workspace_id = $1 and experiment = $2 and goal = $3 group by 1, arm
       order by day, arm`,
      [workspaceId, key, goal],
    );
  }

  /** The experiments of the other flows: key → name of the flow. */
  async ownedByOthers(workspaceId: string, flowId: string): Promise<Map<string, string>> {
    const rows: { key: string; name: string }[] = await this.transactions.manager.query(
      `select e.key, f.name from experiments e join flows f on f.id = e.flow_id where e.workspace_id = $1 and e.flow_id <> $2`,
      [workspaceId, flowId],
    );
    return new Map(rows.map(({ key, name }) => [key, name]));
  }

  /** The published versions of a flow, oldest first. */
  versionsOf(flowId: string): Promise<{ id: string; publishedAt: Date }[]> {
    return this.transactions.manager.query(
      'select id, published_at as "publishedAt" from flow_versions where flow_id = $1 order by number',
      [flowId],
    );
  }

  /** Starts experiments, or brings those that run up to date; when they started stays as it is. */
  async publish(experiments: readonly ExperimentEntity[]): Promise<void> {
    if (experiments.length === 0) return;
    await this.experiments
      .createQueryBuilder()
      .insert()
      .values([...experiments])
      .orUpdate(['node', 'name', 'arms'], ['workspace_id', 'key'])
      .execute();
  }
}
