import type { Cluster } from './cluster.ts';

/** What is left to do in a workspace. */
export class Left {
  constructor(
    private readonly cluster: Cluster,
    private readonly workspaceId: string,
  ) {}

  /** What might be done now. */
  async due(): Promise<string[]> {
    return await this.found(`
      select 'wake-up of ' || id as what from runs where wake_at <= $2 and workspace_id = $1
      union all select 'call ' || id from calls where due_at <= $2 and workspace_id = $1
      union all select 'text ' || inbound_id from backlog where workspace_id = $1
      union all select 'move ' || id from run_moves where status in ('running', 'undoing') and leased_until <= $2::timestamptz + interval '700 ms' and workspace_id = $1
      union all select 'campaign ' || id from campaigns where workspace_id = $1 and leased_until <= $2::timestamptz + interval '700 ms'
        and (status = 'scheduled' and starts_at <= $2 or status = 'running' and next_at <= $2 or leaving_out)`);
  }

  /** What no time may leave behind. */
  async unfinished(): Promise<string[]> {
    return await this.found(`
      select 'call ' || id || ' due ' || due_at as what from calls where workspace_id = $1 and $2::timestamptz is not null
      union all select 'run ' || id || ' at its call' from runs where workspace_id = $1 and node = 'call' and status <> 'ended'
      union all select 'run ' || id || ' without a wake-up' from runs where workspace_id = $1 and wake_at is null and status <> 'ended' and node <> 'call'
      union all select 'move ' || id from run_moves where status in ('running', 'undoing') and workspace_id = $1
      union all select 'campaign ' || id from campaigns where workspace_id = $1 and status in ('scheduled', 'running')
        and trouble is null and exists (select from orders o where o.campaign_id = campaigns.id and o.outcome is null)
      union all select 'claim of ' || run_id from wake_claims`);
  }

  private async found(statement: string): Promise<string[]> {
    const rows: { what: string }[] = await this.cluster.source.query(statement, [
      this.workspaceId,
      new Date(this.cluster.clock.now()),
    ]);
    return rows.map(({ what }) => what);
  }
}
