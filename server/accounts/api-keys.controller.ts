import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  type ApiKey,
  apiKeySchema,
  type MadeApiKey,
  type MakeApiKey,
  madeApiKeySchema,
  makeApiKeySchema,
} from '#shared/api/api-keys.ts';
import { Api } from '../web/api.ts';
import { Needs } from './access.ts';
import { ApiKeys } from './api-keys.service.ts';
import { Me, type Who } from './who.ts';

/** Keys with which programs use the API. */
@Controller('api/api-keys')
@Needs('owner')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeys) {}

  @Get()
  @Api({ summary: 'The keys of programs, newest first', returns: z.array(apiKeySchema) })
  list(@Me() me: Who): Promise<ApiKey[]> {
    return this.keys.list(me);
  }

  @Post()
  @Api({
    summary: 'Make a key; it is told this once',
    body: makeApiKeySchema,
    returns: madeApiKeySchema,
  })
  make(@Me() me: Who, @Body() body: MakeApiKey): Promise<MadeApiKey> {
    return this.keys.make(me, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Api({ summary: 'Take a key back', refuses: { 404: ['api-key.not-found'] } })
  remove(@Me() me: Who, @Param('id') id: string): Promise<void> {
    return this.keys.remove(me, id);
  }
}
