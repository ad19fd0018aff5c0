import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Scalar } from '#flows/engine/effects.ts';
import { Clock } from '../common/clock.ts';
import { groupBy } from '../common/group-by.ts';
import { Problem } from '../common/problem.ts';
import { decided } from '../inbound/decided.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import type { RunWork, WorkResult } from '../inbound/work.ts';

/** Something that happened outside, as a step that waits for it names it. */
export interface OutsideEvent {
  name: string;
  key: string | null;
  value: Scalar;
}

interface OpenRun {
  sender_id: string;
  phone: string;
}

/** What came of telling an event: how many conversations had waited for it, which have heard of it, and why others could not. */
export interface Told {
  moved: number;
  heard: readonly string[];
  refusal: Error | null;
}

/** Orders from people and programs about runs. They queue behind the contact's own texts like everything else. */
@Injectable()
export class RunOrders {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly inbound: InboundService,
  ) {}

  /** Ends a run as cancelled. False where there is no such run or it has ended. */
  async cancel(workspaceId: string, runId: string): Promise<boolean> {
    const [run]: OpenRun[] = await this.database.query(
      `select r.sender_id, c.phone from runs r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
       where r.workspace_id = $1 and r.id = $2 and r.status <> 'ended'`,
      [workspaceId, runId],
    );
    if (!run) return false;
    const at = this.clock.now();
    await decided(this.inbound, {
      kind: 'run',
      workspaceId,
      phone: run.phone,
      senderId: run.sender_id,
      at,
      happening: { kind: 'cancel', runId, at },
    });
    return true;
  }

  /** The same for whoever tells it once. Returns how many had waited for it; throws where others could not hear of it. */
  async event(workspaceId: string, phone: string, event: OutsideEvent): Promise<number> {
    const { moved, refusal } = await this.tell(workspaceId, phone, event, []);
    if (refusal === null) return moved;
    throw moved === 0 ? refusal : heardByOthers(moved, refusal);
  }

  /** Tells every sender's conversations with a person that something happened, but those that have heard of it. */
  async tell(
    workspaceId: string,
    phone: string,
    event: OutsideEvent,
    heard: readonly string[],
  ): Promise<Told> {
    const runs: { id: string; sender_id: string }[] = await this.database.query(
      `select r.id, r.sender_id from runs r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
       where c.workspace_id = $1 and c.phone = $2 and r.status <> 'ended' and r.id <> all($3::uuid[])`,
      [workspaceId, phone, heard],
    );
    const at = this.clock.now();
    const happening = { kind: 'event', ...event, heard, at } as const;
    const told = await Promise.all(
      [...groupBy(runs, ({ sender_id: senderId }) => senderId)].map(async ([senderId, ofSender]) => {
        const result = await this.order({ kind: 'run', workspaceId, phone, senderId, at, happening });
        const { moved = 0 } = result;
        if ('error' in result) return { moved, heard: result.heard ?? [], refusal: result.error };
        return { moved, heard: ofSender.map(({ id }) => id), refusal: null };
      }),
    );
    return {
      moved: told.reduce((sum, { moved }) => sum + moved, 0),
      heard: [...new Set([...heard, ...told.flatMap((one) => one.heard)])],
      refusal: told.find(({ refusal }) => refusal !== null)?.refusal ?? null,
    };
  }

  /** Puts an order behind what the contact has waiting. */
  private order(work: Omit<RunWork, 'done'>): Promise<WorkResult> {
    return new Promise((done) => this.inbound.accept({ ...work, done }));
  }
}

/** Told again, those that went on hear of it again where they wait for the same once more: that is for whoever tells it to say. */
const heardByOthers = (moved: number, cause: Error): Problem =>
  Problem.conflict(
    'event.partly',
    `${moved === 1 ? 'One conversation goes on with it' : `${moved} conversations go on with it`}, and others of this person could not hear of it: ${cause.message}`,
    { cause },
  );
