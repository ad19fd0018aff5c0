import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The queues that live in the database, and how far they are behind. */
export interface Queue {
  name: 'outbox' | 'wakeups' | 'calls' | 'reviews';
  /** What is due now; MOST_COUNTED stands for more. */
  due: number;
  /** For how long the first of it has been due, in seconds. */
  lag: number;
}

/** How an account at a carrier is doing: whether it is left alone while texts wait for it, and its trouble, '' where it has none. */
export interface GatewayState {
  gateway: string;
  kind: string;
  name: string;
  resting: boolean;
  trouble: string;
}

/** Counting more costs more than it tells. */
const MOST_COUNTED = 10_000;
/** `reviews`: texts that may be a STOP and that nobody has read yet. */
const REVIEWS = '(select at from consent_reviews where decision is null) r';
const FROM = { outbox: 'outbox', wakeups: 'runs', calls: 'calls', reviews: REVIEWS } as const;
const DUE = { outbox: 'due_at', wakeups: 'wake_at', calls: 'due_at', reviews: 'at' } as const;

/** Looks at the queues and gateways of the whole database, all nodes together; index look-ups whatever their length. */
@Injectable()
export class QueuesRepository {
  constructor(private readonly database: DataSource) {}

  async read(now: number): Promise<Queue[]> {
    const names = ['outbox', 'wakeups', 'calls', 'reviews'] as const;
    return await Promise.all(
      names.map(async (name) => {
        const [row]: { due: number; lag: number }[] = await this.database.query(
          `select count(*)::int as due, coalesce(extract(epoch from $1::timestamptz - min(at)), 0)::float8 as lag
           from (select ${DUE[name]} as at from ${FROM[name]} where ${DUE[name]} <= $1 order by ${DUE[name]} limit ${MOST_COUNTED}) d`,
          [new Date(now)],
        );
        return { name, due: row?.due ?? 0, lag: row?.lag ?? 0 };
      }),
    );
  }

  /** Every gateway: what one node has found out, and another has mended, is the same for all. */
  async gateways(): Promise<GatewayState[]> {
    return await this.database.query(
      `select g.id as gateway, g.kind, g.name, coalesce(t.trouble, '') as trouble,
         t.gateway_id is not null and exists (select from outbox o where o.gateway_id = g.id) as resting
       from gateways g left join gateway_troubles t on t.gateway_id = g.id`,
    );
  }
}
