import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { Problem } from '../common/problem.ts';
import type { Gateway } from '../gateways/gateway.ts';
import { GatewayDirectory } from '../gateways/gateway-directory.ts';
import { GATEWAYS } from '../gateways/registry.ts';
import { readRequest, refuse, unknownKey } from './gateway-request.ts';
import { Receipts } from '../outbound/receipts/receipts.service.ts';

interface DoorRoute {
  Params: { key: string };
}

/** The door for delivery reports, beside that for texts: `/in/<kind>/<key>/dlr`. Nothing is acknowledged before it is stored. */
@Injectable()
export class ReceiptDoor implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly directory: GatewayDirectory,
    private readonly receipts: Receipts,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    const fastify: FastifyInstance = this.host.httpAdapter.getInstance();
    for (const gateway of GATEWAYS) {
      if (!gateway.receipts) continue;
      fastify.route<DoorRoute>({
        method: [...gateway.methods],
        url: `/in/${gateway.kind}/:key/dlr`,
        handler: (request, reply) => this.receive(gateway, request, reply),
      });
    }
  }

  private async receive(
    { kind, receipts }: Gateway,
    request: FastifyRequest<DoorRoute>,
    reply: FastifyReply,
  ): Promise<void> {
    try {
      const { key } = request.params;
      const known = this.directory.known(kind, key);
      const account = known === undefined ? await this.directory.find(kind, key) : known;
      if (!account || !receipts) throw unknownKey();
      const read = receipts(readRequest(request, this.clock.now()), account);
      if ('refused' in read) {
        const { status, code, message, place } = read.refused;
        throw new Problem(status, code, message, { place });
      }
      await this.receipts.take(account, read.receipts);
      reply.code(200).send({ accepted: read.receipts.length });
    } catch (error) {
      refuse(error, request, reply, this.log);
    }
  }
}
