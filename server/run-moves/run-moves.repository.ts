import { Injectable } from '@nestjs/common';
import type { RunMove } from '#shared/api/run-moves.ts';
import { Problem } from '../common/problem.ts';
import { unlessTaken } from '../database/taken.ts';
import { Transactions } from '../database/transactions.ts';
import type { WaitingPlace } from './movable-places.ts';

interface MoveRow {
  id: string;
  from: number;
  to: number;
  status: RunMove['status'];
  moved: number;
  undone: number;
  left: number;
  created_at: Date;
  created_by: string | null;
  ended_at: Date | null;
}

export interface NewMove {
  workspaceId: string;
  id: string;
  flowId: string;
  fromVersionId: string;
  toVersionId: string;
  nodes: readonly string[];
  createdBy: string;
  createdAt: Date;
}

/** Reads and writes moves of waiting runs to another version. */
@Injectable()
export class RunMovesRepository {
  constructor(private readonly transactions: Transactions) {}

  /** The places of a version in which people wait, and how many. */
  waiting(
    workspaceId: string,
    flowId: string,
    versionId: string,
  ): Promise<(WaitingPlace & { people: number })[]> {
    return this.transactions.manager.query(
      `select node, place, count(*)::int as people from runs
       where workspace_id = $1 and flow_id = $2 and version_id = $3 and status <> 'ended' group by 1, 2 order by 3 desc, 1, 2`,
      [workspaceId, flowId, versionId],
    );
  }

  /** Notes a move down, unless another one of its flow is under way. */
  async add(move: NewMove): Promise<void> {
    const noted = this.transactions.manager.query(
      `insert into run_moves (workspace_id, id, flow_id, from_version_id, to_version_id, nodes, status, leased_until, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, 'running', $8, $7, $8)`,
      [
        move.workspaceId,
        move.id,
        move.flowId,
        move.fromVersionId,
        move.toVersionId,
        [...move.nodes],
        move.createdBy,
        move.createdAt,
      ],
    );
    await unlessTaken(noted, underWay);
  }

  /** Moves a move on, unless another one of its flow is under way; false where it does not stand in one of these. Undoing begins with the first again. */
  async change(
    workspaceId: string,
    id: string,
    from: readonly RunMove['status'][],
    to: RunMove['status'],
  ): Promise<boolean> {
    const changing: Promise<[unknown, number]> = this.transactions.manager.query(
      `update run_moves set status = $4, reached = case when $4 = 'undoing' then null else reached end
       where workspace_id = $1 and id = $2 and status = any($3)`,
      [workspaceId, id, [...from], to],
    );
    const [, changed] = await unlessTaken(changing, underWay);
    return changed === 1;
  }

  async ofFlow(workspaceId: string, flowId: string): Promise<RunMove[]> {
    const rows: MoveRow[] = await this.transactions.manager.query(
      `select m.id, a.number as "from", b.number as "to", m.status, m.created_at, p.name as created_by, m.ended_at,
         count(r.run_id)::int as moved, (count(r.run_id) filter (where r.undone))::int as undone,
         case when m.status in ('running', 'paused') then (
           select count(*)::int from runs w where w.workspace_id = m.workspace_id and w.flow_id = m.flow_id
             and w.version_id = m.from_version_id and w.status <> 'ended' and w.node = any(m.nodes)
             and (m.reached is null or w.id > m.reached)) else 0 end as "left"
       from run_moves m join flow_versions a on a.id = m.from_version_id join flow_versions b on b.id = m.to_version_id
         left join people p on p.id = m.created_by
         left join moved_runs r on r.workspace_id = m.workspace_id and r.move_id = m.id
       where m.workspace_id = $1 and m.flow_id = $2
       group by m.workspace_id, m.id, a.number, b.number, p.name order by m.created_at desc, m.id desc limit 50`,
      [workspaceId, flowId],
    );
    return rows.map(({ created_at, created_by, ended_at, ...row }) => ({
      ...row,
      createdAt: created_at.toISOString(),
      createdBy: created_by,
      endedAt: ended_at?.toISOString() ?? null,
    }));
  }

  async hasFlow(workspaceId: string, id: string): Promise<boolean> {
    const rows: unknown[] = await this.transactions.manager.query(
      'select 1 from flows where workspace_id = $1 and id = $2',
      [workspaceId, id],
    );
    return rows.length > 0;
  }

  async has(workspaceId: string, flowId: string, id: string): Promise<boolean> {
    const rows: unknown[] = await this.transactions.manager.query(
      'select 1 from run_moves where workspace_id = $1 and flow_id = $2 and id = $3',
      [workspaceId, flowId, id],
    );
    return rows.length > 0;
  }
}

const underWay = (): Problem =>
  Problem.conflict('move.under-way', 'People of this flow are being moved already. Wait for its end.');
