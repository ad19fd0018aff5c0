import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { EventTelling } from '../runs/event-telling.ts';
import { RunOrders } from '../runs/run-orders.ts';

/** A person's first click of a link, by what its step calls it. */
export const CLICKED = { name: 'link-clicked', table: 'links', row: ['code'], key: 'name', value: 'url' };

/** Tells conversations of first clicks. */
@Injectable()
export class ClickTelling extends EventTelling {
  constructor(database: DataSource, orders: RunOrders, clock: Clock, log: Log) {
    super(CLICKED, { database, orders, clock, log });
  }
}
