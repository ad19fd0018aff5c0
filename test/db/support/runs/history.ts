import type { DataSource } from 'typeorm';

/** Tables whose every change is written down. */
const WATCHED = [
  'runs',
  'trail',
  'calls',
  'orders',
  'campaigns',
  'inbound',
  'outbound',
  'moved_runs',
] as const;

/** A change of a row, in the order in which they were made; those of one transaction have one `tx`. */
export interface Change<Row> {
  n: number;
  tx: string;
  was: Row | null;
  is: Row | null;
  /** Whether a text of its person waited then. */
  behind: boolean;
}

export interface RunRow {
  id: string;
  contact_id: string;
  flow_id: string;
  version_id: string;
  status: string;
  outcome: string | null;
  node: string;
  place: string;
  context: { answers?: Record<string, unknown> };
  seq: number;
  wake_at: string | null;
}

export interface TrailRow {
  id: string;
  run_id: string;
  cause_id: string | null;
  at: string;
  steps: Record<string, string>[];
}

export interface CallRow {
  id: string;
  run_id: string;
  seq: number;
}

export interface OrderRow {
  id: string;
  campaign_id: string | null;
  phone: string;
  outcome: string | null;
  run_id: string | null;
}

export interface CampaignRow {
  id: string;
  series_id: string;
  number: number;
  status: string;
}

export interface TextRow {
  id: string;
  contact_id: string | null;
  gateway_message_id: string;
  status: string;
  route: { by: string; runId?: string | null } | null;
}

/** That a move took a run along, or back. */
export interface MovedRow {
  move_id: string;
  run_id: string;
  undone: boolean;
}

export interface SentRow {
  id: string;
  contact_id: string;
  run_id: string | null;
  text: string;
  created_at: string;
}

/** All that became of a workspace. */
export interface History {
  runs: Change<RunRow>[];
  trail: Change<TrailRow>[];
  calls: Change<CallRow>[];
  orders: Change<OrderRow>[];
  campaigns: Change<CampaignRow>[];
  inbound: Change<TextRow>[];
  outbound: Change<SentRow>[];
  moved_runs: Change<MovedRow>[];
}

/** Lets the database write down what changes, as it is seen under the locks of who changes it. */
export async function watchHistory(source: DataSource): Promise<void> {
  await source.query(
    `create table history (n bigserial primary key, tx text, workspace_id uuid, of_table text, was jsonb, is_now jsonb, behind boolean)`,
  );
  await source.query(`create function note_history() returns trigger language plpgsql as $$
    declare one jsonb := coalesce(to_jsonb(new), to_jsonb(old));
    begin
      insert into history (tx, workspace_id, of_table, was, is_now, behind) values (
        pg_current_xact_id()::text, (one ->> 'workspace_id')::uuid, tg_argv[0], to_jsonb(old), to_jsonb(new),
        tg_argv[0] = 'runs' and exists (select from backlog where workspace_id = (one ->> 'workspace_id')::uuid and contact_id = (one ->> 'contact_id')::uuid));
      return null;
    end $$`);
  for (const table of WATCHED)
    await source.query(
      `create trigger note_history after insert or update or delete on ${table} for each row execute function note_history('${table}')`,
    );
}

export async function readHistory(source: DataSource, workspaceId: string): Promise<History> {
  const rows: (Change<never> & { of_table: keyof History })[] = await source.query(
    'select n::int, tx, of_table, was, is_now as is, behind from history where workspace_id = $1 order by n',
    [workspaceId],
  );
  const history: History = {
    runs: [],
    trail: [],
    calls: [],
    orders: [],
    campaigns: [],
    inbound: [],
    outbound: [],
    moved_runs: [],
  };
  for (const { of_table: table, ...change } of rows) history[table].push(change);
  return history;
}
