import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { slugSchema } from '#shared/api/common.ts';
import {
  type ChangeContactList,
  changeListSchema,
  type ContactList,
  listSchema,
  type SaveContactList,
  saveListSchema,
} from '#shared/api/lists.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api } from '../../web/api.ts';
import { Lists } from './lists.service.ts';

/** Lists: what people consent to. */
@Controller('api/lists')
export class ListsController {
  constructor(private readonly lists: Lists) {}

  @Get()
  @Api({ summary: 'The lists people consent to, with how many did', returns: z.array(listSchema) })
  list(@Me() me: Who): Promise<ContactList[]> {
    return this.lists.list(me);
  }

  @Post()
  @Needs('author')
  @HttpCode(204)
  @Api({ summary: 'Add a list', body: saveListSchema, refuses: { 409: ['list.key-taken'] } })
  add(@Me() me: Who, @Body() body: SaveContactList): Promise<void> {
    return this.lists.add(me, body);
  }

  @Patch(':key')
  @Needs('compliance')
  @HttpCode(204)
  @Api({
    summary: 'Change the name or the terms of a list',
    params: { key: slugSchema },
    body: changeListSchema,
    refuses: {
      404: ['list.not-found'],
      422: ['list.key-fixed', 'flow.would-break', 'flow.too-big-to-prove'],
      503: ['flow.prover-busy'],
    },
  })
  change(@Me() me: Who, @Param('key') key: string, @Body() body: ChangeContactList): Promise<void> {
    return this.lists.change(me, key, body);
  }
}
