import { Module } from '@nestjs/common';
import { TextPathModule } from '../text-path.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { RunsModule } from '../runs/runs.module.ts';
import { RunMover } from './run-mover.ts';
import { RunMovesController } from './run-moves.controller.ts';
import { RunMovesRepository } from './run-moves.repository.ts';
import { RunMoves } from './run-moves.service.ts';

/** People who wait in a flow go on with another of its versions. */
@Module({
  imports: [TextPathModule, LiveModule, RunsModule],
  controllers: [RunMovesController],
  providers: [RunMover, RunMoves, RunMovesRepository],
})
export class RunMovesModule {}
