import { Module } from '@nestjs/common';
import { TextPathModule } from '../text-path.module.ts';
import { RunOrders } from './run-orders.ts';
import { RunsController } from './runs.controller.ts';
import { RunsRepository } from './runs.repository.ts';
import { Runs } from './runs.service.ts';
import { StepNames } from './step-names.ts';

/** People's passages through flows, and what happened on the way. */
@Module({
  imports: [TextPathModule],
  controllers: [RunsController],
  providers: [RunOrders, Runs, RunsRepository, StepNames],
  exports: [RunOrders, RunsRepository, StepNames],
})
export class RunsModule {}
