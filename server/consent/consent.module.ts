import { Module } from '@nestjs/common';
import { InboundModule } from '../inbound/inbound.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { ConsentOrders } from './consent-orders.ts';
import { InboxController } from './inbox/inbox.controller.ts';
import { InboxRepository } from './inbox/inbox.repository.ts';
import { Inbox } from './inbox/inbox.service.ts';

/** What people agreed to: the ledger of it, and the texts that somebody has to read because they may be a STOP. */
@Module({
  imports: [InboundModule, LiveModule],
  controllers: [InboxController],
  providers: [ConsentOrders, Inbox, InboxRepository],
  exports: [ConsentOrders],
})
export class ConsentModule {}
