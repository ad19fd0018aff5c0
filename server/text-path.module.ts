import { Module } from '@nestjs/common';
import { CallsService } from './calls/calls.service.ts';
import { EmailCalls } from './calls/email-calls.ts';
import { NoticeCalls } from './calls/notice-calls.ts';
import { WebhookCalls } from './calls/webhook-calls.ts';
import { Mailer } from './common/outside/mailer.ts';
import { OutsideHttp } from './common/outside/outside-http.ts';
import { InboundDoor } from './doors/inbound-door.ts';
import { ReceiptDoor } from './doors/receipt-door.ts';
import { GatewayDirectory } from './gateways/gateway-directory.ts';
import { InboundLog } from './inbound-log/inbound-log.service.ts';
import { PositionsRepository } from './inbound-log/positions.repository.ts';
import { BacklogService } from './inbound/backlog.service.ts';
import { BatchWatch } from './inbound/batch-watch.ts';
import { BatchDecider } from './inbound/batch.ts';
import { InboundService } from './inbound/inbound.service.ts';
import { LongTexts } from './inbound/long-texts.service.ts';
import { Deliveries } from './outbound/deliveries/deliveries.service.ts';
import { OutboxService } from './outbound/outbox.service.ts';
import { Receipts } from './outbound/receipts/receipts.service.ts';
import { FlowCache } from './runtime/flow-cache.ts';
import { Handover } from './runtime/handover.ts';
import { WorldCache } from './runtime/world-cache.ts';
import { WakeClock } from './wake-ups/wake-clock.ts';

/** The path of every text: door, lanes, decision, outbox, wake-ups, calls to the outside. Above the folders it joins, below the features. */
@Module({
  providers: [
    GatewayDirectory,
    FlowCache,
    WorldCache,
    BatchDecider,
    BatchWatch,
    Handover,
    InboundService,
    BacklogService,
    PositionsRepository,
    InboundLog,
    LongTexts,
    InboundDoor,
    Deliveries,
    OutboxService,
    Receipts,
    ReceiptDoor,
    WakeClock,
    OutsideHttp,
    Mailer,
    WebhookCalls,
    EmailCalls,
    NoticeCalls,
    CallsService,
  ],
  exports: [
    CallsService,
    BatchWatch,
    InboundLog,
    InboundService,
    OutboxService,
    WakeClock,
    FlowCache,
    WorldCache,
  ],
})
export class TextPathModule {}
