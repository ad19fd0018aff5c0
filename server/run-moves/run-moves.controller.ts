import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { type Created, createdSchema } from '#shared/api/common.ts';
import {
  type MoveRehearsal,
  type MoveRehearsalQuery,
  type MoveRuns,
  moveRehearsalQuerySchema,
  moveRehearsalSchema,
  moveRunsSchema,
  type RunMove,
  runMoveSchema,
} from '#shared/api/run-moves.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api } from '../web/api.ts';
import { RunMoves } from './run-moves.service.ts';

const STANDS = { 404: ['move.not-found'], 409: ['move.status', 'move.under-way'] };

/** Moves of people who wait in a flow to another of its versions. */
@Controller('api/flows/:id/moves')
export class RunMovesController {
  constructor(private readonly moves: RunMoves) {}

  @Get()
  @Api({
    summary: 'Moves of people between versions, newest first',
    returns: z.array(runMoveSchema),
    refuses: { 404: ['flow.not-found'] },
  })
  list(@Me() me: Who, @Param('id') id: string): Promise<RunMove[]> {
    return this.moves.list(me, id);
  }

  @Get('rehearsal')
  @Api({
    summary: 'What would become of those who wait, if they went on with another version',
    query: moveRehearsalQuerySchema,
    returns: moveRehearsalSchema,
    refuses: { 404: ['flow.version-not-found'] },
  })
  rehearse(
    @Me() me: Who,
    @Param('id') id: string,
    @Query() query: MoveRehearsalQuery,
  ): Promise<MoveRehearsal> {
    return this.moves.rehearse(me, id, query);
  }

  @Post()
  @Needs('publisher')
  @Api({
    summary: 'Let those who wait go on with another version, in batches',
    body: moveRunsSchema,
    returns: createdSchema,
    refuses: {
      404: ['flow.version-not-found'],
      409: ['move.under-way'],
      422: ['move.same-version'],
    },
  })
  begin(@Me() me: Who, @Param('id') id: string, @Body() body: MoveRuns): Promise<Created> {
    return this.moves.begin(me, id, body);
  }

  @Post(':move/pause')
  @Needs('publisher')
  @HttpCode(204)
  @Api({ summary: 'Move nobody else until it goes on', refuses: STANDS })
  pause(@Me() me: Who, @Param('id') id: string, @Param('move') move: string): Promise<void> {
    return this.moves.pause(me, id, move);
  }

  @Post(':move/resume')
  @Needs('publisher')
  @HttpCode(204)
  @Api({ summary: 'Go on with a move', refuses: STANDS })
  resume(@Me() me: Who, @Param('id') id: string, @Param('move') move: string): Promise<void> {
    return this.moves.resume(me, id, move);
  }

  @Post(':move/undo')
  @Needs('publisher')
  @HttpCode(204)
  @Api({ summary: 'Take back everybody who still waits', refuses: STANDS })
  undo(@Me() me: Who, @Param('id') id: string, @Param('move') move: string): Promise<void> {
    return this.moves.undo(me, id, move);
  }
}
