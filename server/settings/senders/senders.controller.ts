import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { type Created, createdSchema } from '#shared/api/common.ts';
import {
  type ChangeSender,
  changeSenderSchema,
  type SaveSender,
  type Sender,
  saveSenderSchema,
  senderSchema,
} from '#shared/api/senders.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api } from '../../web/api.ts';
import { Senders } from './senders.service.ts';

const WRONG = [
  'sender.address',
  'sender.gateway-unknown',
  'sender.program-unknown',
  'flow.would-break',
  'flow.too-big-to-prove',
];

/** Senders: the numbers and names that people see. */
@Controller('api/senders')
export class SendersController {
  constructor(private readonly senders: Senders) {}

  @Get()
  @Api({ summary: 'The senders: numbers and names people see', returns: z.array(senderSchema) })
  list(@Me() me: Who): Promise<Sender[]> {
    return this.senders.list(me);
  }

  @Post()
  @Needs('owner')
  @Api({
    summary: 'Add a sender',
    body: saveSenderSchema,
    returns: createdSchema,
    refuses: { 409: ['sender.address-taken', 'sender.in-use'], 422: WRONG, 503: ['flow.prover-busy'] },
  })
  add(@Me() me: Who, @Body() body: SaveSender): Promise<Created> {
    return this.senders.add(me.workspaceId, body);
  }

  @Patch(':id')
  @Needs('owner')
  @HttpCode(204)
  @Api({
    summary: 'Change a sender',
    body: changeSenderSchema,
    refuses: {
      404: ['sender.not-found'],
      409: ['sender.address-taken', 'sender.in-use'],
      422: WRONG,
      503: ['flow.prover-busy'],
    },
  })
  change(@Me() me: Who, @Param('id') id: string, @Body() body: ChangeSender): Promise<void> {
    return this.senders.change(me, id, body);
  }

  @Delete(':id')
  @Needs('owner')
  @HttpCode(204)
  @Api({
    summary: 'Remove a sender',
    refuses: {
      404: ['sender.not-found'],
      409: ['sender.in-use'],
      422: ['flow.would-break', 'flow.too-big-to-prove'],
      503: ['flow.prover-busy'],
    },
  })
  remove(@Me() me: Who, @Param('id') id: string): Promise<void> {
    return this.senders.remove(me, id);
  }
}
