import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { EventTelling } from '../runs/event-telling.ts';
import { RunOrders } from '../runs/run-orders.ts';

/** A code that was redeemed: the code is the event's key too. */
export const REDEEMED = {
  name: 'voucher-redeemed',
  table: 'voucher_codes',
  row: ['workspace_id', 'pool', 'code'],
  key: 'code',
  value: 'code',
};

/** Tells conversations that a code was redeemed, if need be by another node than the shop told it to. */
@Injectable()
export class RedemptionTelling extends EventTelling {
  constructor(database: DataSource, orders: RunOrders, clock: Clock, log: Log) {
    super(REDEEMED, { database, orders, clock, log });
  }
}
