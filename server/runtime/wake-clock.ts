import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  Optional,
} from '@nestjs/common';
import { Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { InboundLog } from '../inbound-log/inbound-log.service.ts';
import { InboundService } from '../inbound/inbound.service.ts';

/** How often due wake-ups are looked for, in milliseconds; a wake-up fires within a second of its time. */
const EVERY_MS = 500;
const AT_ONCE = 500;
/** How long a run is left alone whose wake-up fired and changed nothing, in milliseconds: its version may be back by then. */
const STUCK_MS = 10 * 60_000;

const lag = new Gauge({
  name: 'textloom_wakeup_lag_seconds',
  help: 'How far behind its time the oldest wake-up fired last was, in seconds.',
  registers: [register],
});

interface DueRow {
  workspace_id: string;
  id: string;
  sender_id: string;
  seq: number;
  phone: string;
  wake_at: number;
}

/**
 * Finds runs whose time has come and puts them behind the texts that were accepted before. A wake-up is fenced by the run's
 * sequence, so finding one twice, here or on another node, fires it once.
 */
@Injectable()
export class WakeClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private ticking: Promise<void> | null = null;
  /** Runs whose wake-up changed nothing, and until when they are left alone, so that they never keep others from their turn. */
  private readonly stuck = new Map<string, number>();

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly inbound: InboundService,
    private readonly log: Log,
    @Optional() private readonly inboundLog?: InboundLog,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.ticking ??= this.tick()
        .catch((error: unknown) => this.log.error({ err: error }, 'Wake-ups could not be read.'))
        .finally(() => {
          this.ticking = null;
        });
    }, EVERY_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.ticking;
  }

  /** Fires everything that is due now; resolves when it is decided. Returns how many wake-ups were found. */
  async fireDue(): Promise<number> {
    let fired = 0;
    let before = new Map<string, number>();
    for (;;) {
      const due = await this.readDue();
      lag.set(due[0] ? Math.max(0, (this.clock.now() - due[0].wake_at) / 1_000) : 0);
      for (const row of due) if (before.get(row.id) === row.seq) this.leaveAlone(row);
      const firing = due.filter((row) => !this.stuck.has(row.id));
      const decided = await Promise.all(firing.map((row) => this.fire(row)));
      fired += firing.length;
      if (firing.length === 0 || decided.includes(false)) return fired;
      before = new Map(firing.map((row) => [row.id, row.seq]));
    }
  }

  private leaveAlone(row: DueRow): void {
    this.stuck.set(row.id, this.clock.now() + STUCK_MS);
    this.log.error({ runId: row.id }, 'A wake-up changed nothing and is tried again in ten minutes.');
  }

  private async tick(): Promise<void> {
    await this.fireDue();
  }

  /** False when it could not be decided now: too much is waiting, or the database is away. */
  private fire(row: DueRow): Promise<boolean> {
    const at = this.clock.now();
    return new Promise((resolve) => {
      this.inbound.accept({
        kind: 'run',
        workspaceId: row.workspace_id,
        phone: row.phone,
        senderId: row.sender_id,
        at,
        happening: { kind: 'wake', runId: row.id, seq: row.seq, at },
        done: (result) => resolve('stored' in result),
      });
    });
  }

  private async readDue(): Promise<DueRow[]> {
    const now = this.clock.now();
    // A text that was accepted into the inbound log before a wake-up's time is decided before it.
    const until = (await this.inboundLog?.decidedUntil(now)) ?? now;
    for (const [id, until] of this.stuck) if (until <= now) this.stuck.delete(id);
    return await this.database.query(
      `select r.workspace_id, r.id, r.sender_id, r.seq, c.phone, (extract(epoch from r.wake_at) * 1000)::float8 as wake_at
       from runs r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
       where r.wake_at <= $1 and r.id <> all($2::uuid[])
         and not exists (select from backlog b where b.workspace_id = r.workspace_id and b.contact_id = r.contact_id)
       order by r.wake_at limit ${AT_ONCE}`,
      [new Date(until), [...this.stuck.keys()]],
    );
  }
}
