import { Injectable } from '@nestjs/common';
import type { Experiment, ExperimentSummary } from '#shared/api/experiments.ts';
import type { Who } from '../accounts/who.ts';
import { Clock } from '../common/clock.ts';
import { Problem } from '../common/problem.ts';
import { demandsOf } from '#flows/engine/demands.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { type DayCount, type ExperimentRow, ExperimentsRepository } from './experiments.repository.ts';
import { armResult, checkSplit, compareArms, type MeasuredArm } from './measure.ts';
import { type ResultFacts, resultSentence, verdictOf, winnerOf } from './result-words.ts';
import { changesOf, expectedCounts, stateOf, type Weighting } from './weights.ts';

const DAY_MS = 86_400_000;
/** How many days tell at which pace people come. */
const LATELY = 7;

/** What A/B tests have shown so far. */
@Injectable()
export class Experiments {
  constructor(
    private readonly experiments: ExperimentsRepository,
    private readonly flows: FlowCache,
    private readonly clock: Clock,
  ) {}

  async list(me: Who): Promise<ExperimentSummary[]> {
    const keys = await this.experiments.keys(me.workspaceId);
    const all: ExperimentSummary[] = [];
    for (const key of keys) {
      const { summary } = await this.measure(me, key);
      all.push(summary);
    }
    return all;
  }

  /** One experiment, measured by the goal that was asked for or by its first one. */
  async show(me: Who, key: string, asked?: string): Promise<Experiment> {
    const { summary, goals, facts, pace } = await this.measure(me, key, asked);
    return {
      ...summary,
      ...facts,
      goals,
      pace,
      sentence: resultSentence(facts),
      days: mergeDays(await this.experiments.days(me.workspaceId, key, facts.goal)),
    };
  }

  private async measure(
    me: Who,
    key: string,
    asked?: string,
  ): Promise<{ summary: ExperimentSummary; goals: string[]; facts: ResultFacts; pace: number }> {
    const experiment = await this.find(me, key);
    const drawn = await this.drawnOver(experiment);
    const conversions = await this.experiments.conversions(me.workspaceId, key);
    const goals = [...new Set([...drawn.goals, ...conversions.map(({ goal }) => goal)])];
    if (asked !== undefined && !goals.includes(asked)) {
      throw Problem.unprocessable('experiment.goal-unknown', 'This test has no such goal.', {
        place: 'goal',
      });
    }
    const goal = asked ?? goals[0] ?? null;
    const reached = conversions.filter((one) => one.goal === goal);
    const now = this.clock.now();
    const lately = new Date(now - LATELY * DAY_MS);
    const exposed = await this.experiments.exposures(me.workspaceId, key, lately);
    const arms = measured(experiment, exposed, reached);
    const people = arms.reduce((sum, arm) => sum + arm.exposures, 0);
    const expected = await this.expected(experiment, arms, drawn.weightings);
    const all = expected.reduce((sum, count) => sum + count, 0);
    const results = arms.map((arm, at) =>
      armResult(arm, all > 0 ? (people * (expected[at] ?? 0)) / all : null),
    );
    const comparisons = goal === null ? [] : compareArms(arms);
    const sampleRatio = checkSplit(arms, expected);
    const facts: ResultFacts = { goal, results, comparisons, sampleRatio };
    const verdict = verdictOf(facts);
    const summary: ExperimentSummary = {
      key,
      name: experiment.name,
      flow: { id: experiment.flow.id, name: experiment.flow.name },
      node: experiment.node,
      startedAt: experiment.startedAt.toISOString(),
      state: stateOf(experiment.flow.status, drawn.newest),
      exposures: people,
      arms: experiment.arms.length,
      verdict: verdict.verdict,
      winner: winnerOf(verdict)?.label ?? null,
    };
    const days = Math.min(LATELY, Math.max(1, (now - experiment.startedAt.getTime()) / DAY_MS));
    const pace = exposed.reduce((sum, arm) => sum + arm.lately, 0) / days;
    return { summary, goals, facts, pace };
  }

  private async find(me: Who, key: string): Promise<ExperimentRow> {
    const experiment = await this.experiments.find(me.workspaceId, key);
    if (!experiment) throw Problem.notFound('experiment.not-found', 'There is no such test.');
    return experiment;
  }

  /** What the flow's versions have drawn: the goals of the newest, and the weights one after the other. */
  private async drawnOver(
    experiment: ExperimentRow,
  ): Promise<{ goals: string[]; weightings: Weighting[]; newest: Weighting['weights'] | null }> {
    const versions = await this.experiments.versionsOf(experiment.flowId);
    const flows = await this.flows.load(versions.map(({ id }) => id));
    let goals: string[] = [];
    let newest: Weighting['weights'] | null = null;
    const weightings: Weighting[] = [];
    for (const { id, publishedAt: from } of versions) {
      const flow = flows.get(id);
      if (!flow) continue;
      const demands = demandsOf(flow.compiled);
      goals = demands.goals;
      const drawn = demands.experiments.find(({ key }) => key === experiment.key);
      newest = drawn ? new Map(drawn.arms.map((arm) => [arm.id, arm.weight])) : null;
      if (newest) weightings.push({ from, weights: newest });
    }
    return { goals, weightings: changesOf(weightings), newest };
  }

  private async expected(
    experiment: ExperimentRow,
    arms: readonly MeasuredArm[],
    weightings: Weighting[],
  ): Promise<number[]> {
    const { workspaceId, key } = experiment;
    const people = await this.experiments.exposuresBySpan(
      workspaceId,
      key,
      weightings.map(({ from }) => from),
    );
    return expectedCounts(
      arms.map(({ id }) => id),
      weightings,
      people,
    );
  }
}

type Counts = readonly { arm: string; people: number }[];

/** The drawn arms in their order, then arms that are no longer drawn but were met. */
function measured(experiment: ExperimentRow, exposed: Counts, converted: Counts): MeasuredArm[] {
  const total = experiment.arms.reduce((sum, { weight }) => sum + weight, 0);
  const gone = exposed.filter(({ arm }) => !experiment.arms.some(({ id }) => id === arm));
  const arms = [
    ...experiment.arms.map(({ id, label, weight }) => ({
      id,
      label,
      share: total === 0 ? 0 : weight / total,
    })),
    ...gone.map(({ arm }) => ({ id: arm, label: arm, share: 0 })),
  ];
  const count = (counts: Counts, id: string): number => counts.find(({ arm }) => arm === id)?.people ?? 0;
  return arms.map((arm) => {
    const exposures = count(exposed, arm.id);
    return { ...arm, exposures, conversions: Math.min(exposures, count(converted, arm.id)) };
  });
}

function mergeDays(counts: readonly DayCount[]): Experiment['days'] {
  const days = new Map<string, Experiment['days'][number]>();
  for (const { day, arm, what, people } of counts) {
    const row = days.get(`${day} ${arm}`) ?? { day, arm, exposures: 0, conversions: 0 };
    days.set(`${day} ${arm}`, row);
    if (what === 'exposure') row.exposures = people;
    else row.conversions = people;
  }
  return [...days.values()];
}
