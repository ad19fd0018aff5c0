import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TextPathModule } from '../text-path.module.ts';
import { ExperimentEntity } from './experiment.entity.ts';
import { ExperimentsController } from './experiments.controller.ts';
import { ExperimentsRepository } from './experiments.repository.ts';
import { Experiments } from './experiments.service.ts';

/** A/B tests: what was drawn, whom they met, which branch won. */
@Module({
  imports: [TypeOrmModule.forFeature([ExperimentEntity]), TextPathModule],
  controllers: [ExperimentsController],
  providers: [Experiments, ExperimentsRepository],
  exports: [ExperimentsRepository],
})
export class ExperimentsModule {}
