import { Injectable } from '@nestjs/common';
import { nps } from '#flows/nodes/nps/definition.ts';
import type { Survey, SurveySummary } from '#shared/api/surveys.ts';
import type { Who } from '../accounts/who.ts';
import { Problem } from '../common/problem.ts';
import type { ExperimentEntity } from '../experiments/experiment.entity.ts';
import { ExperimentsRepository } from '../experiments/experiments.repository.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { KeptCounts } from './kept-counts.ts';
import { branchesOf, npsOf, spread } from './measure-scores.ts';
import { surveySentence } from './survey-words.ts';
import { type AskingFlow, SurveysRepository } from './surveys.repository.ts';

/** A question for a score: its flow, and the name under which that keeps the score. */
type Question = Pick<SurveySummary, 'flow' | 'answer' | 'name'>;

/** The scores that people gave where a flow asked for one (NPS). */
@Injectable()
export class Surveys {
  constructor(
    private readonly surveys: SurveysRepository,
    private readonly counts: KeptCounts,
    private readonly experiments: ExperimentsRepository,
    private readonly flows: FlowCache,
  ) {}

  async list(me: Who): Promise<SurveySummary[]> {
    const all: SurveySummary[] = [];
    for (const question of await this.questions(me, null)) {
      const { counts } = await this.counts.of(me.workspaceId, question.flow.id, question.answer, null);
      all.push({ ...question, ...npsOf(counts) });
    }
    return all;
  }

  /** One score, told apart by the versions of a test: the one asked for, or the first of the same flow. */
  async show(me: Who, flowId: string, answer: string, asked?: string): Promise<Survey> {
    const question = (await this.questions(me, flowId)).find((one) => one.answer === answer);
    if (!question) throw Problem.notFound('survey.not-found', 'No flow asks for such a score.');
    const tests = await this.testsFor(me, flowId);
    const test =
      asked === undefined
        ? tests.find((one) => one.flowId === flowId)
        : tests.find(({ key }) => key === asked);
    if (asked !== undefined && !test)
      throw Problem.unprocessable('survey.test-unknown', 'There is no such A/B test.', { place: 'by' });
    const { counts, at } = await this.counts.of(me.workspaceId, flowId, answer, test?.key ?? null);
    const facts = { ...npsOf(counts), ...(test ? branchesOf(test.arms, counts) : NO_BRANCHES) };
    return {
      ...question,
      ...facts,
      scores: spread(counts),
      tests: tests.map(({ key, name }) => ({ key, name })),
      by: test?.key ?? null,
      sentence: surveySentence(facts),
      countedAt: new Date(at).toISOString(),
    };
  }

  private async questions(me: Who, flowId: string | null): Promise<Question[]> {
    const asking = await this.surveys.asking(me.workspaceId, flowId);
    const all: Question[] = [];
    for (const flow of asking) all.push(...(await this.questionsOf(flow)));
    return all;
  }

  /** Every name under which a version of the flow keeps a score; called as the newest of them calls it. */
  private async questionsOf({ id, name, versions }: AskingFlow): Promise<Question[]> {
    const flows = await this.flows.load(versions);
    const found = new Map<string, Question>();
    for (const version of versions) {
      for (const node of flows.get(version)?.compiled.nodes.values() ?? []) {
        if (node.kind !== nps.kind) continue;
        const answer = node.sets[0]?.replace(/^answers\./, '') ?? '';
        found.set(answer, { flow: { id, name }, answer, name: node.title ?? nps.title });
      }
    }
    return [...found.values()];
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
