import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import type { FlowStatus, FlowSummary, FlowsQuery } from '#shared/api/flows.ts';
import type { Page } from '#shared/api/common.ts';
import { lowestId } from '../common/ids.ts';
import { bind } from '../database/bind.ts';
import { anywhere } from '../database/search-text.ts';
import { Transactions } from '../database/transactions.ts';
import { FlowEntity } from './flow.entity.ts';
import { type FlowRow, selectFlow, toSummary } from './flow-row.ts';

const WEEK = 7 * 24 * 3_600_000;

/** A draft as it is saved. */
export type DraftChange = Pick<FlowEntity, 'name' | 'draft' | 'draftSavedBy' | 'changed' | 'updatedAt'>;

/** Reads and writes flows and their drafts. */
@Injectable()
export class FlowsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get flows(): Repository<FlowEntity> {
    return this.transactions.repository(FlowEntity);
  }

  /** A page of flows, last changed first. `now`: ms since 1970. */
  async page(workspaceId: string, query: FlowsQuery, now: number): Promise<Page<FlowSummary>> {
    const values: unknown[] = [workspaceId];
    const where = conditions(query, values);
    const { manager } = this.transactions;
    const [counted]: { total: number }[] = await manager.query(
      `select count(*)::int as total from flows f where ${where}`,
      values,
    );
    const rows: FlowRow[] = await manager.query(
      `${selectFlow(bind(values, lowestId(now - WEEK)))} where ${where} order by f.updated_at desc, f.id
       limit ${bind(values, query.size)} offset ${bind(values, (query.page - 1) * query.size)}`,
      values,
    );
    return { items: rows.map(toSummary), total: counted?.total ?? 0 };
  }

  async summary(workspaceId: string, id: string, now: number): Promise<FlowSummary | null> {
    const [row]: FlowRow[] = await this.transactions.manager.query(
      `${selectFlow('$3')} where f.workspace_id = $1 and f.id = $2`,
      [workspaceId, id, lowestId(now - WEEK)],
    );
    return row ? toSummary(row) : null;
  }

  find(workspaceId: string, id: string): Promise<FlowEntity | null> {
    return this.flows.findOneBy({ workspaceId, id });
  }

  /** The flow, with the person who saved its draft last. */
  findWithSaver(workspaceId: string, id: string): Promise<FlowEntity | null> {
    return this.flows.findOne({ where: { workspaceId, id }, relations: { draftSaver: true } });
  }

  /** The flow, which nobody else changes until the transaction ends. */
  lock(workspaceId: string, id: string): Promise<FlowEntity | null> {
    return this.flows.findOne({ where: { workspaceId, id }, lock: { mode: 'pessimistic_write' } });
  }

  async add(flow: Omit<FlowEntity, 'draftSaver'>): Promise<void> {
    await this.flows.insert(flow);
  }

  /** Saves over `revision` and no other; null where the draft has moved on. Returns the new revision. */
  async saveDraft(
    workspaceId: string,
    id: string,
    revision: number,
    change: DraftChange,
  ): Promise<number | null> {
    const { affected } = await this.flows.update(
      { workspaceId, id, draftRevision: revision },
      { ...change, draftRevision: revision + 1 },
    );
    return affected === 1 ? revision + 1 : null;
  }

  /** Saves the golden conversations over `revision` and no other; null where they have moved on. Returns the new revision. */
  async saveConversations(
    workspaceId: string,
    id: string,
    revision: number,
    change: Pick<FlowEntity, 'conversations' | 'updatedAt'>,
  ): Promise<number | null> {
    const { affected } = await this.flows.update(
      { workspaceId, id, conversationsRevision: revision },
      { ...change, conversationsRevision: revision + 1 },
    );
    return affected === 1 ? revision + 1 : null;
  }

  async setStatus(id: string, status: FlowStatus, updatedAt: Date): Promise<void> {
    await this.flows.update({ id }, { status, updatedAt });
  }

  /** The draft has become this version, on which new runs start from now on. */
  async goLive(id: string, versionId: string, updatedAt: Date): Promise<void> {
    await this.flows.update({ id }, { status: 'live', versionId, changed: false, updatedAt });
  }
}

function conditions({ search, status }: FlowsQuery, values: unknown[]): string {
  const where = ['f.workspace_id = $1'];
  // What was put away shows only when it is asked for.
  where.push(status ? `f.status = ${bind(values, status)}` : `f.status <> 'archived'`);
  if (search) {
    const pattern = bind(values, anywhere(search));
    where.push(`(f.name ilike ${pattern} or exists (select 1 from jsonb_array_elements(f.draft->'triggers') trigger,
      jsonb_array_elements_text(trigger->'words') word where word ilike ${pattern}))`);
  }
  return where.join(' and ');
}
