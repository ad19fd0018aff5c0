import { Body, Controller, Delete, Get, HttpCode, Param, Post, type StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { slugSchema } from '#shared/api/common.ts';
import {
  type CheckCodes,
  type CodesAdded,
  type CodesLoad,
  checkCodesSchema,
  codesAddedSchema,
  codesLoadsSchema,
  type GenerateCodes,
  generateCodesSchema,
  LONGEST_CODES_TEXT,
  type LoadCodes,
  loadCodesSchema,
} from '#shared/api/vouchers.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api, ApiFile } from '../../web/api.ts';
import { CodeLoads } from './code-loads.service.ts';

const params = { key: slugSchema };
const GONE = { 404: ['voucher.not-found'] };
const UNREADABLE = ['voucher.too-many', 'voucher.no-codes'];
const STOPPED = { 409: ['voucher.called-back', 'voucher.load-known'] };
/** In bytes; letters outside ASCII, and the marks that JSON needs, have some room. */
const LARGEST_BODY = LONGEST_CODES_TEXT + 4_000_000;

/** How codes come into pools of vouchers. */
@Controller('api/vouchers/:key')
export class CodeLoadsController {
  constructor(private readonly loads: CodeLoads) {}

  @Post('codes')
  @RouteConfig({ inTurns: true, bodyLimit: LARGEST_BODY })
  @Needs('publisher')
  @Api({
    summary:
      'Load codes, up to 1,000,000: one a line, or CSV. All are taken, or none with the lines that are wrong',
    params,
    body: loadCodesSchema,
    returns: codesAddedSchema,
    refuses: { ...GONE, ...STOPPED, 422: ['voucher.codes-wrong', ...UNREADABLE] },
  })
  load(@Me() me: Who, @Param('key') key: string, @Body() body: LoadCodes): Promise<CodesAdded> {
    return this.loads.load(me, key, body);
  }

  @Post('generate')
  @Needs('publisher')
  @Api({
    summary: 'Add codes that nobody guesses, of letters that nobody confuses',
    params,
    body: generateCodesSchema,
    returns: codesAddedSchema,
    refuses: { ...GONE, ...STOPPED, 422: ['voucher.too-short'] },
  })
  generate(@Me() me: Who, @Param('key') key: string, @Body() body: GenerateCodes): Promise<CodesAdded> {
    return this.loads.generate(me, key, body);
  }

  @Post('codes/wrong.csv')
  @RouteConfig({ inTurns: true, bodyLimit: LARGEST_BODY })
  @Needs('publisher')
  @HttpCode(200)
  @ApiFile({
    summary: 'Every line of a text that could not be loaded as it is, and why, as a file; nothing is loaded',
    params,
    body: checkCodesSchema,
    file: 'text/csv',
    refuses: { ...GONE, 422: UNREADABLE },
  })
  wrong(@Me() me: Who, @Param('key') key: string, @Body() { text }: CheckCodes): Promise<StreamableFile> {
    return this.loads.wrong(me, key, text);
  }

  @Get('loads')
  @Api({
    summary: 'What is being loaded or made for a pool at this moment, and how far it is',
    params,
    returns: codesLoadsSchema,
    refuses: GONE,
  })
  list(@Me() me: Who, @Param('key') key: string): Promise<CodesLoad[]> {
    return this.loads.list(me, key);
  }

  @Delete('loads/:id')
  @Needs('publisher')
  @HttpCode(204)
  @Api({
    summary: 'Stop loading or making codes: none of them comes into the pool',
    params,
    refuses: { ...GONE, 409: ['voucher.load-over'] },
  })
  callBack(@Me() me: Who, @Param('key') key: string, @Param('id') id: string): Promise<void> {
    return this.loads.callBack(me, key, id);
  }
}
