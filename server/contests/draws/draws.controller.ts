import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { slugSchema } from '#shared/api/common.ts';
import {
  type Because,
  type ClaimPrize,
  type ContestWinner,
  claimSchema,
  contestWinnerSchema,
  type HoldDraw,
  holdDrawSchema,
  type ListEntries,
  listEntriesSchema,
  numberSchema,
  reasonSchema,
} from '#shared/api/contests.ts';
import { type DrawProof, drawProofSchema } from '#shared/draw/proof.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api, ApiFile } from '../../web/api.ts';
import { Draws } from './draws.service.ts';

const params = { key: slugSchema, number: numberSchema };
const placed = { ...params, place: numberSchema };
const GONE = { 404: ['contest.not-found', 'draw.not-found'] };

/** Draws of contests, and those who won. */
@Controller('api/contests/:key/draws')
export class DrawsController {
  constructor(private readonly draws: Draws) {}

  @Post()
  @Needs('compliance')
  @Api({
    summary:
      'Begin to fix the list of entries that the next draw is held from; `listing` of the contest says how far it is',
    params: { key: slugSchema },
    body: listEntriesSchema,
    returns: z.object({ number: z.number().int() }),
    refuses: {
      404: ['contest.not-found'],
      409: ['contest.open', 'contest.listed', 'contest.texts-pending', 'draw.nobody'],
      422: ['draw.reason-needed'],
    },
  })
  fixList(@Me() me: Who, @Param('key') key: string, @Body() body: ListEntries): Promise<{ number: number }> {
    return this.draws.fixList(me, key, body);
  }

  @Delete(':number')
  @Needs('compliance')
  @HttpCode(204)
  @Api({
    summary: 'Withdraw a list that nobody was drawn from, or that is still being fixed',
    params,
    refuses: { ...GONE, 409: ['draw.drawn'] },
  })
  withdraw(@Me() me: Who, @Param('key') key: string, @Param('number') number: number): Promise<void> {
    return this.draws.withdraw(me, key, number);
  }

  @Post(':number/hold')
  @Needs('compliance')
  @HttpCode(204)
  @Api({
    summary: 'Draw the winners and the reserves, and open the seal',
    params,
    body: holdDrawSchema,
    refuses: { ...GONE, 409: ['draw.drawn'], 422: ['draw.value-needed', 'draw.value-unannounced'] },
  })
  hold(
    @Me() me: Who,
    @Param('key') key: string,
    @Param('number') number: number,
    @Body() { publicValue }: HoldDraw,
  ): Promise<void> {
    return this.draws.hold(me, key, number, publicValue);
  }

  @Get(':number/proof')
  @Api({
    summary: 'All that anybody needs to draw again, beside the list; it names nobody',
    params,
    returns: drawProofSchema,
    refuses: { ...GONE, 409: ['draw.not-drawn'] },
  })
  proof(@Me() me: Who, @Param('key') key: string, @Param('number') number: number): Promise<DrawProof> {
    return this.draws.proof(me, key, number);
  }

  @Get(':number/list')
  @ApiFile({
    summary: 'The list a draw is held from, an id a line: its SHA-256 is the fingerprint. It names nobody',
    params,
    file: 'text/plain',
    refuses: GONE,
  })
  async list(
    @Me() me: Who,
    @Param('key') key: string,
    @Param('number') number: number,
  ): Promise<StreamableFile> {
    return new StreamableFile(Readable.from(await this.draws.lines(me, key, number)), {
      type: 'text/plain; charset=utf-8',
      disposition: `attachment; filename="${key}-draw-${number}-entries.txt"`,
    });
  }

  @Get(':number/winners')
  @Api({
    summary: 'Who was drawn, in the order they were',
    params,
    returns: z.array(contestWinnerSchema),
    refuses: GONE,
  })
  winners(
    @Me() me: Who,
    @Param('key') key: string,
    @Param('number') number: number,
  ): Promise<ContestWinner[]> {
    return this.draws.winnersOf(me, key, number);
  }

  @Post(':number/winners/:place/replace')
  @Needs('compliance')
  @HttpCode(200)
  @Api({
    summary:
      'Put the next of the order in the place of a winner, with a reason; `place` is null where nobody is left',
    params: placed,
    body: reasonSchema,
    returns: z.object({ place: z.number().int().nullable() }),
    refuses: { ...GONE, 409: ['winner.status', 'winner.claimed'] },
  })
  replace(
    @Me() me: Who,
    @Param('key') key: string,
    @Param('number') number: number,
    @Param('place') place: number,
    @Body() { because }: Because,
  ): Promise<{ place: number | null }> {
    return this.draws.replace(me, key, { number, place, because });
  }

  @Post(':number/winners/:place/claim')
  @Needs('agent')
  @HttpCode(204)
  @Api({
    summary: 'Note that a winner has claimed the prize, or has not',
    params: placed,
    body: claimSchema,
    refuses: { ...GONE, 409: ['winner.status'] },
  })
  claim(
    @Me() me: Who,
    @Param('key') key: string,
    @Param('number') number: number,
    @Param('place') place: number,
    @Body() { claimed }: ClaimPrize,
  ): Promise<void> {
    return this.draws.claim(me, key, { number, place, claimed });
  }
}
