import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { type Page, slugSchema } from '#shared/api/common.ts';
import {
  type ChangePool,
  changePoolSchema,
  type Pool,
  type PoolSummary,
  type PoolsQuery,
  poolSchema,
  poolsPageSchema,
  poolsQuerySchema,
  type SavePool,
  savePoolSchema,
} from '#shared/api/vouchers.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { Vouchers } from './vouchers.service.ts';

const params = { key: slugSchema };
const GONE = { 404: ['voucher.not-found'] };

/** Pools of vouchers. */
@Controller('api/vouchers')
export class VouchersController {
  constructor(private readonly vouchers: Vouchers) {}

  @Get()
  @Api({ summary: 'Pools of vouchers, newest first', query: poolsQuerySchema, returns: poolsPageSchema })
  list(@Me() me: Who, @Query() query: PoolsQuery): Promise<Page<PoolSummary>> {
    return this.vouchers.page(me, query);
  }

  @Post()
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Add a pool of vouchers, without codes',
    body: savePoolSchema,
    refuses: { 409: ['voucher.key-taken'] },
  })
  add(@Me() me: Who, @Body() body: SavePool): Promise<void> {
    return this.vouchers.add(me, body);
  }

  @Get(':key')
  @Api({
    summary: 'A pool with its stock, when it runs out, and what came of its codes by version and arm',
    params,
    returns: poolSchema,
    refuses: GONE,
  })
  show(@Me() me: Who, @Param('key') key: string): Promise<Pool> {
    return this.vouchers.show(me, key);
  }

  @Patch(':key')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Change a pool, close it or open it again. Codes that were given can be redeemed all the same',
    params,
    body: changePoolSchema,
    refuses: GONE,
  })
  change(@Me() me: Who, @Param('key') key: string, @Body() body: ChangePool): Promise<void> {
    return this.vouchers.change(me, key, body);
  }

  @Delete(':key')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Remove a pool of which nobody has a code and that no live flow names',
    params,
    refuses: {
      ...GONE,
      409: ['voucher.used', 'voucher.named'],
    },
  })
  remove(@Me() me: Who, @Param('key') key: string): Promise<void> {
    return this.vouchers.remove(me, key);
  }
}
