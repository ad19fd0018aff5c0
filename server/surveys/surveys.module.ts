import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module.ts';
import { TextPathModule } from '../text-path.module.ts';
import { KeptCounts } from './kept-counts.ts';
import { Questions } from './questions.ts';
import { ScoreFolds } from './score-folds.service.ts';
import { ScoreFoldsRepository } from './score-folds.repository.ts';
import { SurveysController } from './surveys.controller.ts';
import { SurveysRepository } from './surveys.repository.ts';
import { Surveys } from './surveys.service.ts';

/** Scores that people gave by text: the score, how sure it is, and which version of a test scores better. */
@Module({
  imports: [ExperimentsModule, TextPathModule],
  controllers: [SurveysController],
  providers: [KeptCounts, Questions, ScoreFolds, ScoreFoldsRepository, Surveys, SurveysRepository],
})
export class SurveysModule {}
