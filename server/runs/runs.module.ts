import { Module } from '@nestjs/common';
import { InboundModule } from '../inbound/inbound.module.ts';
import { RunsController } from './runs.controller.ts';
import { RunsRepository } from './runs.repository.ts';
import { Runs } from './runs.service.ts';
import { StepNames } from './step-names.ts';

/** People's passages through flows, and what happened on the way. */
@Module({
  imports: [InboundModule],
  controllers: [RunsController],
  providers: [Runs, RunsRepository, StepNames],
  exports: [RunsRepository, StepNames],
})
export class RunsModule {}
