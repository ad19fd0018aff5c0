import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parsePhone } from '#shared/sms/phone.ts';
import { heard } from '#shared/sms/mask-personal.ts';
import { clean } from '#shared/sms/text.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { Log } from '../common/log.ts';
import { Problem } from '../common/problem.ts';
import type { Gateway, GatewayAccount, Received, ReceivedText } from '../gateways/gateway.ts';
import { GatewayDirectory } from '../gateways/gateway-directory.ts';
import { GATEWAYS } from '../gateways/registry.ts';
import { InboundLog } from '../inbound-log/inbound-log.service.ts';
import { cleanJson } from './clean-json.ts';
import { readRequest, refuse, unknownKey } from './gateway-request.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import { OneAnswer } from './one-answer.ts';
import type { TextWork } from '../inbound/work.ts';

interface DoorRoute {
  Params: { key: string };
}

/** An answer that can be repeated to a gateway takes at most this many texts in one request. */
const MOST_TEXTS = 1_000;

/**
 * The door of every gateway: `/in/<kind>/<key>`. The routes are laid directly on Fastify, because this is the path every text
 * takes: no session, no pipes, the key in the address is the credential. Nothing is acknowledged before it is durable.
 */
@Injectable()
export class InboundDoor implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly directory: GatewayDirectory,
    private readonly inbound: InboundService,
    private readonly inboundLog: InboundLog,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    const fastify: FastifyInstance = this.host.httpAdapter.getInstance();
    for (const gateway of GATEWAYS) {
      fastify.route<DoorRoute>({
        method: [...gateway.methods],
        url: `/in/${gateway.kind}/:key`,
        handler: (request, reply) => this.receive(gateway, request, reply),
      });
    }
  }

  private receive(gateway: Gateway, request: FastifyRequest<DoorRoute>, reply: FastifyReply): void {
    const { key } = request.params;
    const known = this.directory.known(gateway.kind, key);
    if (known !== undefined) this.take(gateway, known, request, reply);
    else
      this.directory.find(gateway.kind, key).then(
        (account) => this.take(gateway, account, request, reply),
        (error: unknown) => refuse(error, request, reply, this.log),
      );
  }

  /** Between a text and its answer stands no promise: each would cost every text. */
  private take(
    gateway: Gateway,
    account: GatewayAccount | null,
    request: FastifyRequest<DoorRoute>,
    reply: FastifyReply,
  ): void {
    try {
      if (!account) throw unknownKey();
      const now = this.clock.now();
      const texts = textsOf(gateway.receive(readRequest(request, now), account));
      const answer = new OneAnswer(texts.length, (outcome) => {
        try {
          if ('error' in outcome) throw outcome.error;
          const { status, contentType, body } = gateway.answer(outcome.accepted);
          reply.code(status).header('content-type', contentType).send(body);
        } catch (error) {
          refuse(error, request, reply, this.log);
        }
      });
      texts.forEach((text, n) => {
        const work = textWork(text, account, now, (result) => answer.hear(n, result));
        if (this.inboundLog.isOn) this.inboundLog.append(work);
        else this.inbound.accept(work);
      });
    } catch (error) {
      refuse(error, request, reply, this.log);
    }
  }
}

function textsOf(received: Received): readonly ReceivedText[] {
  if ('refused' in received) {
    const { status, code, message, place } = received.refused;
    throw new Problem(status, code, message, { place });
  }
  if (received.texts.length > MOST_TEXTS)
    throw new Problem(413, 'inbound.too-many', `At most ${MOST_TEXTS} texts fit in one request.`);
  return received.texts;
}

/** What a person texted is never refused: it is cleaned, and what cannot be a phone number is set aside later, visibly. */
function textWork(
  received: ReceivedText,
  account: GatewayAccount,
  now: number,
  done: TextWork['done'],
): TextWork {
  const from = clean(received.from).trim();
  const phone = parsePhone(from);
  const work: TextWork = {
    kind: 'text',
    id: newId(now),
    workspaceId: account.workspaceId,
    gatewayId: account.id,
    phone: phone?.e164 ?? from,
    reachable: phone !== null,
    from,
    to: clean(received.to).trim(),
    text: heard(received.text),
    gatewayMessageId: received.id === null ? null : clean(received.id),
    extra: received.extra === null ? null : cleanJson(received.extra),
    at: now,
    done,
  };
  if (received.media && received.media.length > 0) work.media = received.media;
  if (received.part) work.part = received.part;
  return work;
}
