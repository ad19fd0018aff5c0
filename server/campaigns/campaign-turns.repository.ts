import { Injectable } from '@nestjs/common';
import { Transactions } from '../database/transactions.ts';
import type { Turns } from './finish.ts';

/** When it is the turn of those who wait. */
@Injectable()
export class CampaignTurnsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** How many have their turn when, where everybody's own clock counts: as many times as clocks. */
  waiting(id: string): Promise<Turns[]> {
    return this.transactions.manager.query(
      `select (extract(epoch from due_at) * 1000)::float8 as at, count(*)::int as people
       from orders where campaign_id = $1 and outcome is null group by due_at`,
      [id],
    );
  }
}
