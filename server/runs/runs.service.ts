import { Injectable } from '@nestjs/common';
import type { Stream } from '#shared/api/common.ts';
import type { RunDetail, RunsQuery, RunSummary } from '#shared/api/runs.ts';
import type { Who } from '../accounts/who.ts';
import { Problem } from '../common/problem.ts';
import { streamOf } from '../common/stream-of.ts';
import { RunOrders } from './run-orders.ts';
import { type RunRow, RunsRepository } from './runs.repository.ts';
import { type NameStep, StepNames } from './step-names.ts';

/** People's passages through flows. */
@Injectable()
export class Runs {
  constructor(
    private readonly runs: RunsRepository,
    private readonly names: StepNames,
    private readonly orders: RunOrders,
  ) {}

  async list(me: Who, { size, ...query }: RunsQuery): Promise<Stream<RunSummary>> {
    const rows = await this.runs.newest(me.workspaceId, query, size + 1);
    const { items, next } = streamOf(rows, size);
    const nameStep = await this.names.of(items.map((row) => row.version_id));
    return { items: items.map((row) => toSummary(row, nameStep)), next };
  }

  async show(me: Who, id: string): Promise<RunDetail> {
    const row = await this.runs.find(me.workspaceId, id);
    if (!row) throw notFound();
    const trail = await this.runs.trailOf(me.workspaceId, id);
    const { keyword, medium, context } = row;
    return {
      ...toSummary(row, await this.names.of([row.version_id])),
      answers: context.answers ?? {},
      arms: context.arms ?? {},
      keyword,
      medium,
      trail: trail.map((one) => ({
        at: one.at.toISOString(),
        causeId: one.cause_id,
        text: one.text,
        erased: one.erased ? { at: one.erased_at?.toISOString() ?? null } : null,
        steps: one.steps,
      })),
    };
  }

  async cancel(me: Who, id: string): Promise<void> {
    if (await this.orders.cancel(me.workspaceId, id)) return;
    if (!(await this.runs.find(me.workspaceId, id))) throw notFound();
    throw Problem.conflict('run.ended', 'This conversation has ended already.');
  }
}

function toSummary(row: RunRow, nameStep: NameStep): RunSummary {
  const { id, contact, flow, sender, status, outcome, node } = row;
  return {
    id,
    contact,
    flow,
    sender,
    status,
    outcome,
    node,
    step: nameStep(row.version_id, node),
    wakeAt: row.wake_at?.toISOString() ?? null,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

const notFound = (): Problem => Problem.notFound('run.not-found', 'There is no such conversation.');
