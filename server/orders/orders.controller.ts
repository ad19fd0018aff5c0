import { z } from 'zod';
import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  idempotencyKeySchema,
  type OrderResult,
  orderResultSchema,
  type RehearseText,
  rehearseTextSchema,
  type SendText,
  sendTextSchema,
  type StartFlow,
  startFlowSchema,
  type TextRehearsal,
  textRehearsalSchema,
} from '#shared/api/orders.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { parse } from '../common/parse.ts';
import { Orders } from './orders.service.ts';

const KEY = 'idempotency-key';
const WRONG_TEXT = ['contact.phone', 'order.sender-needed', 'order.sender-unknown', 'list.not-found'];

/** Orders to text somebody who has not just texted. */
@Controller('api')
export class OrdersController {
  constructor(private readonly orders: Orders) {}

  @Post('flows/:id/start')
  @Needs('agent')
  @HttpCode(200)
  @Api({
    summary: 'Begin a live flow with somebody; the same Idempotency-Key does it once',
    body: startFlowSchema,
    returns: orderResultSchema,
    refuses: {
      404: ['flow.not-found'],
      409: ['flow.not-live', 'order.key-reused', 'order.sender-removed'],
      422: ['contact.phone', 'order.sender-needed', 'order.sender-unknown'],
      503: ['inbound.behind', 'inbound.overloaded', 'inbound.database'],
    },
  })
  start(
    @Me() me: Who,
    @Param('id') id: string,
    @Body() body: StartFlow,
    @Headers(KEY) key?: string,
  ): Promise<OrderResult> {
    return this.orders.start(me, id, body, keyOf(key, body));
  }

  @Post('messages')
  @Needs('agent')
  @HttpCode(200)
  @Api({
    summary:
      'Send somebody a text, if the consent gate lets it through; the same Idempotency-Key does it once',
    body: sendTextSchema,
    returns: orderResultSchema,
    refuses: {
      409: ['order.key-reused', 'order.sender-removed'],
      422: WRONG_TEXT,
      503: ['inbound.behind', 'inbound.overloaded', 'inbound.database'],
    },
  })
  send(@Me() me: Who, @Body() body: SendText, @Headers(KEY) key?: string): Promise<OrderResult> {
    return this.orders.send(me, body, keyOf(key, body));
  }

  @Post('messages/rehearse')
  @Needs('agent')
  @HttpCode(200)
  @Api({
    summary: 'What would become of a text: its segments, and what the consent gate says',
    body: rehearseTextSchema,
    returns: textRehearsalSchema,
    refuses: { 422: WRONG_TEXT },
  })
  rehearse(@Me() me: Who, @Body() body: RehearseText): Promise<TextRehearsal> {
    return this.orders.rehearseText(me, body);
  }
}

/** The key as the header or the body gives it. */
const keyOf = (header: string | undefined, { idempotencyKey }: { idempotencyKey?: string }): string | null =>
  header === undefined ? (idempotencyKey ?? null) : parse(keyHeader, { [KEY]: header }, 'header')[KEY];

const keyHeader = z.object({ [KEY]: idempotencyKeySchema });
