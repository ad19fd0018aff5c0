import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExperimentEntity } from './experiment.entity.ts';
import { ExperimentsRepository } from './experiments.repository.ts';

/** A/B tests: what was drawn, whom they met, which branch won. */
@Module({
  imports: [TypeOrmModule.forFeature([ExperimentEntity])],
  providers: [ExperimentsRepository],
  exports: [ExperimentsRepository],
})
export class ExperimentsModule {}
