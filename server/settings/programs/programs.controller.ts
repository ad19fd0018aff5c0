import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { createdSchema, type Created } from '#shared/api/common.ts';
import {
  type ChangeProgram,
  changeProgramSchema,
  type Program,
  programSchema,
  type SaveProgram,
  saveProgramSchema,
} from '#shared/api/programs.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api } from '../../web/api.ts';
import { Programs } from './programs.service.ts';

/** Programs: what senders are for. */
@Controller('api/programs')
export class ProgramsController {
  constructor(private readonly programs: Programs) {}

  @Get()
  @Api({ summary: 'The programs: what senders are for, and their words', returns: z.array(programSchema) })
  list(@Me() me: Who): Promise<Program[]> {
    return this.programs.list(me);
  }

  @Post()
  @Needs('compliance')
  @Api({ summary: 'Add a program', body: saveProgramSchema, returns: createdSchema })
  add(@Me() me: Who, @Body() body: SaveProgram): Promise<Created> {
    return this.programs.add(me.workspaceId, body);
  }

  @Patch(':id')
  @Needs('compliance')
  @HttpCode(204)
  @Api({
    summary: 'Change a program',
    body: changeProgramSchema,
    refuses: {
      404: ['program.not-found'],
      422: ['flow.would-break', 'flow.too-big-to-prove'],
      503: ['flow.prover-busy'],
    },
  })
  change(@Me() me: Who, @Param('id') id: string, @Body() body: ChangeProgram): Promise<void> {
    return this.programs.change(me, id, body);
  }
}
