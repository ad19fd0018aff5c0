import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { type Stream, slugSchema } from '#shared/api/common.ts';
import {
  type CodesQuery,
  codesStreamSchema,
  codesQuerySchema,
  type Redeemed,
  type RedeemCode,
  redeemCodeSchema,
  redeemedSchema,
  type VoucherCode,
} from '#shared/api/vouchers.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api, ApiFile } from '../../web/api.ts';
import { codesFile } from './codes-file.ts';
import { VoucherCodes } from './codes.service.ts';

const params = { key: slugSchema };
const GONE = { 404: ['voucher.not-found'] };

/** The codes of pools of vouchers. */
@Controller('api/vouchers/:key')
export class VoucherCodesController {
  constructor(private readonly codes: VoucherCodes) {}

  @Get('codes')
  @Api({
    summary: 'The codes of a pool, and who has them: those given last first, then those to be given next',
    params,
    query: codesQuerySchema,
    returns: codesStreamSchema,
    refuses: { ...GONE, 422: ['voucher.search-too-wide'] },
  })
  list(@Me() me: Who, @Param('key') key: string, @Query() query: CodesQuery): Promise<Stream<VoucherCode>> {
    return this.codes.list(me, key, query);
  }

  @Get('codes.csv')
  @Needs('compliance')
  @ApiFile({
    summary: 'The codes of a pool as a file, with who has them',
    params,
    file: 'text/csv',
    refuses: GONE,
  })
  file(@Me() me: Who, @Param('key') key: string): Promise<StreamableFile> {
    return codesFile(key, this.codes.all(me, key));
  }

  @Post('redeem')
  @Needs('agent')
  @HttpCode(200)
  @Api({
    summary: 'A code was used. A second time says since when, and changes nothing',
    params,
    body: redeemCodeSchema,
    returns: redeemedSchema,
    refuses: {
      404: ['voucher.not-found', 'voucher.unknown-code'],
      409: ['voucher.not-sent', 'voucher.expired'],
      422: ['voucher.time'],
    },
  })
  redeem(@Me() me: Who, @Param('key') key: string, @Body() body: RedeemCode): Promise<Redeemed> {
    return this.codes.redeem(me, key, body);
  }
}
