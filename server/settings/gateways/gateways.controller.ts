import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { type Created, createdSchema } from '#shared/api/common.ts';
import {
  type ChangeGateway,
  changeGatewaySchema,
  type Gateway,
  gatewaySchema,
  type SaveGateway,
  saveGatewaySchema,
} from '#shared/api/gateways.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api } from '../../web/api.ts';
import { Gateways } from './gateways.service.ts';

/** Gateways: accounts at carriers. */
@Controller('api/gateways')
export class GatewaysController {
  constructor(private readonly gateways: Gateways) {}

  @Get()
  @Api({ summary: 'The gateways: accounts at carriers', returns: z.array(gatewaySchema) })
  list(@Me() me: Who): Promise<Gateway[]> {
    return this.gateways.list(me);
  }

  @Post()
  @Needs('owner')
  @Api({ summary: 'Add a gateway', body: saveGatewaySchema, returns: createdSchema })
  add(@Me() me: Who, @Body() body: SaveGateway): Promise<Created> {
    return this.gateways.add(me.workspaceId, body);
  }

  @Patch(':id')
  @Needs('owner')
  @HttpCode(204)
  @Api({
    summary: 'Change a gateway',
    body: changeGatewaySchema,
    refuses: { 404: ['gateway.not-found'], 422: ['gateway.kind-fixed'] },
  })
  change(@Me() me: Who, @Param('id') id: string, @Body() body: ChangeGateway): Promise<void> {
    return this.gateways.change(me, id, body);
  }
}
