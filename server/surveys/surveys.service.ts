import { Injectable } from '@nestjs/common';
import type { Survey, SurveySummary } from '#shared/api/surveys.ts';
import type { Who } from '../accounts/who.ts';
import { Problem } from '../common/problem.ts';
import type { ExperimentEntity } from '../experiments/experiment.entity.ts';
import { ExperimentsRepository } from '../experiments/experiments.repository.ts';
import { KeptCounts } from './kept-counts.ts';
import { branchesOf, npsOf, spread } from './measure-scores.ts';
import { Questions } from './questions.ts';
import { surveySentence } from './survey-words.ts';

/** The scores that people gave where a flow asked for one (NPS). */
@Injectable()
export class Surveys {
  constructor(
    private readonly questions: Questions,
    private readonly counts: KeptCounts,
    private readonly experiments: ExperimentsRepository,
  ) {}

  async list(me: Who): Promise<SurveySummary[]> {
    const all: SurveySummary[] = [];
    for (const { workspaceId, ...question } of await this.questions.all(me.workspaceId)) {
      const { flow, answer } = question;
      const { counts } = await this.counts.of({ workspaceId, flowId: flow.id, answer }, null);
      all.push({ ...question, ...npsOf(counts) });
    }
    return all;
  }

  /** One score, told apart by the versions of a test: the one asked for, or the first of the same flow. */
  async show(me: Who, flowId: string, answer: string, asked?: string): Promise<Survey> {
    const { workspaceId } = me;
    const questions = await this.questions.all(workspaceId, flowId);
    const question = questions.find((one) => one.answer === answer);
    if (!question) throw Problem.notFound('survey.not-found', 'No flow asks for such a score.');
    const tests = await this.testsFor(me, flowId);
    const test =
      asked === undefined
        ? tests.find((one) => one.flowId === flowId)
        : tests.find(({ key }) => key === asked);
    if (asked !== undefined && !test)
      throw Problem.unprocessable('survey.test-unknown', 'There is no such A/B test.', { place: 'by' });
    const { counts, at } = await this.counts.of({ workspaceId, flowId, answer }, test?.key ?? null);
    const facts = { ...npsOf(counts), ...(test ? branchesOf(test.arms, counts) : NO_BRANCHES) };
    return {
      flow: question.flow,
      answer,
      name: question.name,
      ...facts,
      scores: spread(counts),
      tests: tests.map(({ key, name }) => ({ key, name })),
      by: test?.key ?? null,
      sentence: surveySentence(facts),
      countedAt: new Date(at).toISOString(),
    };
  }

  /** The tests whose versions people may have met before they answered, those of this flow first. */
  private async testsFor(me: Who, flowId: string): Promise<ExperimentEntity[]> {
    const tests = await this.experiments.all(me.workspaceId);
    return [
      ...tests.filter((test) => test.flowId === flowId),
      ...tests.filter((test) => test.flowId !== flowId),
    ];
  }
}

const NO_BRANCHES = { branches: [], comparisons: [] };
