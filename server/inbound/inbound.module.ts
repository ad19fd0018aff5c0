import { Module } from '@nestjs/common';
import { GatewayDirectory } from '../gateways/gateway-directory.ts';
import { Mailer } from '../common/outside/mailer.ts';
import { OutsideHttp } from '../common/outside/outside-http.ts';
import { CallsService } from '../calls/calls.service.ts';
import { EmailCalls } from '../calls/email-calls.ts';
import { NoticeCalls } from '../calls/notice-calls.ts';
import { WebhookCalls } from '../calls/webhook-calls.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { Handover } from '../runtime/handover.ts';
import { Replays } from '../runtime/replays.ts';
import { RunOrders } from '../runtime/run-orders.ts';
import { InboundLog } from '../inbound-log/inbound-log.service.ts';
import { PositionsRepository } from '../inbound-log/positions.repository.ts';
import { WakeClock } from '../wake-ups/wake-clock.ts';
import { WorldCache } from '../runtime/world-cache.ts';
import { Deliveries } from '../outbound/deliveries/deliveries.service.ts';
import { OutboxService } from '../outbound/outbox.service.ts';
import { ReceiptDoor } from '../doors/receipt-door.ts';
import { Receipts } from '../outbound/receipts/receipts.service.ts';
import { BacklogService } from './backlog.service.ts';
import { BatchDecider } from './batch.ts';
import { BatchWatch } from './batch-watch.ts';
import { InboundDoor } from '../doors/inbound-door.ts';
import { InboundService } from './inbound.service.ts';
import { LongTexts } from './long-texts.service.ts';

/** The path of every text: door, lanes, decision, outbox, wake-ups, calls to the outside. */
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
    RunOrders,
    Replays,
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
    InboundService,
    OutboxService,
    WakeClock,
    FlowCache,
    WorldCache,
    RunOrders,
    Replays,
  ],
})
export class InboundModule {}
