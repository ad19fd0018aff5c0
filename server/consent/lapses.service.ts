import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { ConsentOrders } from './consent-orders.ts';

const EVERY_MS = 60_000;
/** At once of each list, so that a list whose policy was changed lapses in good order. */
const AT_ONCE = 200;

interface Overdue {
  workspaceId: string;
  senderId: string;
  phone: string;
  list: string;
  from: 'pending' | 'confirmed';
}

/** Lets consents lapse by their list's policy: questions nobody answered, and consents that are too old. */
@Injectable()
export class Lapses implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly database: DataSource,
    private readonly orders: ConsentOrders,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.tick(), EVERY_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  private tick(): void {
    this.running ??= this.lapseDue()
      .catch((error: unknown) => this.log.error({ err: error }, 'Consents could not be let lapse.'))
      .finally(() => {
        this.running = null;
      });
  }

  /** Lets everything lapse that is due. Each is decided under its contact's lock, so several nodes at once do it once. */
  async lapseDue(): Promise<void> {
    while (!this.stopped) {
      const due = await this.due();
      await Promise.all(
        due.map(({ list, from, ...concerned }) => this.orders.place(concerned, { do: 'lapse', list, from })),
      );
      if (due.length < AT_ONCE) return;
    }
  }

  private due(): Promise<Overdue[]> {
    const overdue = (state: string, since: string): string => `(
      select c.contact_id, c.state from consents c
      where c.workspace_id = l.workspace_id and c.scope = 'list:' || l.key and c.state = '${state}' and c.since <= ${since}
      order by c.since limit ${AT_ONCE})`;
    return this.database.query(
      `select l.workspace_id as "workspaceId", s.id as "senderId", p.phone, l.key as list, x.state as "from"
       from lists l
       cross join lateral (select id from senders s where s.workspace_id = l.workspace_id order by id limit 1) s
       cross join lateral (
         ${overdue('pending', '$1::timestamptz - make_interval(hours => l.asks_hours)')}
         union all ${overdue('confirmed', '$1::timestamptz - make_interval(days => l.lasts_days)')}) x
       join contacts p on p.workspace_id = l.workspace_id and p.id = x.contact_id
       where (l.asks_hours is not null or l.lasts_days is not null) and p.number_print is null`,
      [new Date(this.clock.now())],
    );
  }
}
