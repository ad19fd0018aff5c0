import { newId } from '#server/common/ids.ts';
import type { Cluster, Stage } from './cluster.ts';
import type { Told } from './judge.ts';

/** The campaigns of a story, to everybody there is. */
export class Campaigns {
  private readonly begun: string[] = [];

  constructor(
    private readonly cluster: Cluster,
    private readonly stage: Stage,
    private readonly told: Told,
  ) {}

  /** One that begins now; `isDaily`: and again every day. */
  async add(isDaily: boolean): Promise<void> {
    const { id: workspaceId, flowId, senderId } = this.stage;
    const now = new Date(this.cluster.clock.now());
    const id = newId(now.getTime());
    await this.cluster.source.query(
      `update contacts set tags = '{all}' where number_print is null and id in (
         select id from contacts where workspace_id = $1 order by id for no key update)`,
      [workspaceId],
    );
    await this.cluster.source.query(
      `insert into campaigns (workspace_id, id, series_id, name, flow_id, version_id, sender_id, audience, per_minute, schedule,
         status, starts_at, next_at, leased_until, created_at)
       select $1, $2, $2, 'All', id, version_id, $4, '{"kind":"tag","tag":"all"}', 60000, $6, 'scheduled', $5, $5, $5, $5
       from flows where id = $3`,
      [workspaceId, id, flowId, senderId, now, isDaily ? daily(now) : { kind: 'now' }],
    );
    this.begun.push(id);
  }

  /** Pauses the last, or lets it go on. */
  async move(from: 'running' | 'paused', to: 'running' | 'paused'): Promise<void> {
    const { campaigns, clock } = this.cluster.node(0);
    const nextAt = to === 'running' ? { nextAt: new Date(clock.now()) } : {};
    for (const id of this.begun.slice(-1)) await campaigns.move(this.stage.id, id, [from], to, nextAt);
  }

  /** Cancels the last, and what would have been its series. */
  async cancel(): Promise<void> {
    const id = this.begun.at(-1);
    if (id === undefined) return;
    const { campaigns, workers, clock } = this.cluster.node(0);
    if (!(await campaigns.cancel(this.stage.id, id, new Date(clock.now())))) return;
    await workers.campaigns.leaveOutAll({ workspace_id: this.stage.id, id });
    const [{ n }] = await this.cluster.source.query('select coalesce(max(n), 0)::int as n from history');
    this.told.cancelled.push({ id, n });
  }
}

/** A schedule that begins now and every day at that time. */
const daily = (now: Date): object => ({
  kind: 'every',
  every: 'day',
  at: now.toISOString().slice(0, 16),
  zone: 'workspace',
});
