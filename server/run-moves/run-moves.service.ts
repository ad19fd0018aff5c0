import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PublishedFlow } from '#flows/engine/world.ts';
import type { Created } from '#shared/api/common.ts';
import type { MoveRehearsal, MoveRehearsalQuery, MoveRuns, RunMove } from '#shared/api/run-moves.ts';
import type { Who } from '../accounts/who.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { Problem } from '../common/problem.ts';
import { flowNotFound, versionNotFound } from '../flows/flow-problems.ts';
import { StepNames } from '../runs/step-names.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { verdictsOf } from './movable-places.ts';
import { RunMover } from './run-mover.ts';
import { RunMovesRepository } from './run-moves.repository.ts';

/** People who wait in a flow go on with another version: rehearsed, then done in batches that can be paused and undone. */
@Injectable()
export class RunMoves {
  constructor(
    private readonly moves: RunMovesRepository,
    private readonly mover: RunMover,
    private readonly flows: FlowCache,
    private readonly names: StepNames,
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  async rehearse(me: Who, flowId: string, { from, to }: MoveRehearsalQuery): Promise<MoveRehearsal> {
    const [before, after] = await this.versions(me, flowId, from, to);
    const waiting = await this.moves.waiting(me.workspaceId, flowId, before.versionId);
    const nameStep = await this.names.of([before.versionId]);
    return {
      steps: verdictsOf(before, after, waiting).map(({ node, people, verdict, changes, wait }) => ({
        node,
        step: nameStep(before.versionId, node),
        people,
        verdict,
        changes: [...changes],
        wait,
      })),
    };
  }

  async begin(me: Who, flowId: string, { from, to, nodes }: MoveRuns): Promise<Created> {
    if (from === to)
      throw Problem.unprocessable('move.same-version', 'They are on that version already.', { place: 'to' });
    const [before, after] = await this.versions(me, flowId, from, to);
    const now = this.clock.now();
    const id = newId(now);
    await this.moves.add({
      workspaceId: me.workspaceId,
      id,
      flowId,
      fromVersionId: before.versionId,
      toVersionId: after.versionId,
      nodes: nodes ?? [...before.compiled.nodes.keys()],
      createdBy: me.personId,
      createdAt: new Date(now),
    });
    this.mover.nudge();
    return { id };
  }

  async list(me: Who, flowId: string): Promise<RunMove[]> {
    if (!(await this.moves.hasFlow(me.workspaceId, flowId))) throw flowNotFound();
    return this.moves.ofFlow(me.workspaceId, flowId);
  }

  async pause(me: Who, flowId: string, id: string): Promise<void> {
    await this.change(me, flowId, id, ['running'], 'paused');
  }

  async resume(me: Who, flowId: string, id: string): Promise<void> {
    await this.change(me, flowId, id, ['paused'], 'running');
  }

  /** Takes everybody back who still can be: whoever has ended stays so, and so does whoever stands where the old version has no place. */
  async undo(me: Who, flowId: string, id: string): Promise<void> {
    await this.change(me, flowId, id, ['running', 'paused', 'done'], 'undoing');
  }

  private async change(
    me: Who,
    flowId: string,
    id: string,
    from: readonly RunMove['status'][],
    to: RunMove['status'],
  ): Promise<void> {
    if (!(await this.moves.has(me.workspaceId, flowId, id)))
      throw Problem.notFound('move.not-found', 'There is no such move.');
    if (!(await this.moves.change(me.workspaceId, id, from, to)))
      throw Problem.conflict('move.status', 'That cannot be done with this move any more.');
    this.mover.nudge();
  }

  private async versions(
    me: Who,
    flowId: string,
    from: number,
    to: number,
  ): Promise<[PublishedFlow, PublishedFlow]> {
    const rows: { id: string; number: number }[] = await this.database.query(
      'select id, number from flow_versions where workspace_id = $1 and flow_id = $2 and number = any($3)',
      [me.workspaceId, flowId, [from, to]],
    );
    const versions = await this.flows.load(rows.map(({ id }) => id));
    const find = (number: number) => versions.get(rows.find((row) => row.number === number)?.id ?? '');
    const [before, after] = [find(from), find(to)];
    if (!before || !after) throw versionNotFound();
    return [before, after];
  }
}
