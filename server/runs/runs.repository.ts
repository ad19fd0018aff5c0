import { Injectable } from '@nestjs/common';
import type { Scalar } from '#flows/engine/effects.ts';
import type { RunsQuery, RunSummary, WireTrailStep } from '#shared/api/runs.ts';
import { contactNameSql } from '../database/contact-name.ts';
import { bind } from '../database/bind.ts';
import { ERASED_INBOUND_SQL, erasedAtSql } from '../database/erased.ts';
import { inGoodTime, type TooWide } from '../database/in-good-time.ts';
import { searched } from '../database/search-text.ts';
import { Transactions } from '../database/transactions.ts';

/** A run with the names of what it belongs to. */
export interface RunRow {
  id: string;
  contact: RunSummary['contact'];
  flow: RunSummary['flow'];
  version_id: string;
  sender: string;
  status: RunSummary['status'];
  outcome: string | null;
  node: string;
  wake_at: Date | null;
  started_at: Date;
  ended_at: Date | null;
}

/** A run with what only its own page shows. */
export interface RunDetailRow extends RunRow {
  context: { answers?: Record<string, Scalar>; arms?: Record<string, string> };
  keyword: string | null;
  medium: string | null;
}

/** What one event did to a run. */
export interface TrailRow {
  run_id: string;
  at: Date;
  cause_id: string | null;
  steps: WireTrailStep[];
}

/** The same with the words of the text that did it. */
export interface ToldTrailRow extends TrailRow {
  text: string | null;
  erased: boolean;
  erased_at: Date | null;
}

const SELECT_RUN = `select r.id, json_build_object('id', c.id, 'phone', c.phone, 'name', ${contactNameSql('c.fields')}) as contact,
    json_build_object('id', f.id, 'name', f.name, 'version', v.number) as flow, r.version_id,
    coalesce(s.address, 'a sender that was removed') as sender, r.status, r.outcome, r.node, r.wake_at, r.started_at, r.ended_at`;
const FROM_RUN = `from runs r
  join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
  join flows f on f.id = r.flow_id
  join flow_versions v on v.id = r.version_id
  left join senders s on s.id = r.sender_id`;

const TOO_WIDE: TooWide = {
  code: 'runs.search-too-wide',
  message: 'There are too many conversations to find these in time. Choose a flow or a contact as well.',
};

/** More people than anybody looks through; whose runs they are is looked up person by person. */
const MOST_PEOPLE = 500;

function peopleFound(search: string, values: unknown[]): string {
  const found = searched(search, { words: [contactNameSql('p.fields')], phone: 'p.phone' }, values);
  return `select p.id from contacts p where p.workspace_id = $1 and ${found} order by p.id desc limit ${MOST_PEOPLE}`;
}

/** Reads runs and their trails; only the runtime writes them. */
@Injectable()
export class RunsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** Runs, newest first, `size` at most. */
  newest(workspaceId: string, query: Omit<RunsQuery, 'size'>, size: number): Promise<RunRow[]> {
    const values: unknown[] = [workspaceId];
    const where = ['r.workspace_id = $1'];
    if (query.before) where.push(`r.id < ${bind(values, query.before)}::uuid`);
    if (query.search) where.push(`r.contact_id = any(array(${peopleFound(query.search, values)}))`);
    if (query.flow) where.push(`r.flow_id = ${bind(values, query.flow)}::uuid`);
    if (query.contact) where.push(`r.contact_id = ${bind(values, query.contact)}::uuid`);
    if (query.status) where.push(`r.status = ${bind(values, query.status)}`);
    const sql = `${SELECT_RUN} ${FROM_RUN} where ${where.join(' and ')} order by r.id desc limit ${bind(values, size)}`;
    return inGoodTime(this.transactions, sql, values, query.search || query.status ? TOO_WIDE : null);
  }

  async find(workspaceId: string, id: string): Promise<RunDetailRow | null> {
    const [row]: RunDetailRow[] = await this.transactions.manager.query(
      `${SELECT_RUN}, r.context, r.keyword, r.medium ${FROM_RUN} where r.workspace_id = $1 and r.id = $2`,
      [workspaceId, id],
    );
    return row ?? null;
  }

  /** What happened to a run, oldest first, and what the person texted for it. */
  trailOf(workspaceId: string, runId: string): Promise<ToldTrailRow[]> {
    return this.transactions.manager.query(
      `select t.run_id, t.at, t.cause_id, t.steps, i.text, ${ERASED_INBOUND_SQL} as erased, ${erasedAtSql('i.received_at')} as erased_at
       from trail t
         left join inbound i on i.workspace_id = t.workspace_id and i.id = t.cause_id
         left join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
       where t.workspace_id = $1 and t.run_id = $2 order by t.id`,
      [workspaceId, runId],
    );
  }

  /** What one inbound text did to these runs, in the order it happened. */
  trailsCausedBy(workspaceId: string, causeId: string, runIds: readonly string[]): Promise<TrailRow[]> {
    return this.transactions.manager.query(
      `select run_id, at, cause_id, steps from trail
       where workspace_id = $1 and run_id = any($2::uuid[]) and cause_id = $3 order by id`,
      [workspaceId, [...runIds], causeId],
    );
  }

  /** The flow and version that each of these runs is of. */
  async versionsOf(
    workspaceId: string,
    runIds: readonly string[],
  ): Promise<Map<string, RunSummary['flow'] & { versionId: string }>> {
    const rows: { id: string; flow: RunSummary['flow']; version_id: string }[] =
      await this.transactions.manager.query(
        `select r.id, json_build_object('id', f.id, 'name', f.name, 'version', v.number) as flow, r.version_id
       from runs r join flows f on f.id = r.flow_id join flow_versions v on v.id = r.version_id
       where r.workspace_id = $1 and r.id = any($2::uuid[])`,
        [workspaceId, [...runIds]],
      );
    return new Map(rows.map(({ id, flow, version_id: versionId }) => [id, { ...flow, versionId }]));
  }
}
