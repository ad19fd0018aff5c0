import type { RunContext } from './run-context.ts';
import type { Run } from './world.ts';

/** Has a run remember something else from here on. All fields stand in one literal: those that are added to a spread cost every text more. */
export function remember(run: Run, changed: Partial<RunContext>): void {
  const { node, place, context } = run.position;
  const {
    answers = context.answers,
    arms = context.arms,
    unexposed = context.unexposed,
    withheld = context.withheld,
    saidAt = context.saidAt,
    vouchers = context.vouchers,
  } = changed;
  run.position = { node, place, context: { answers, arms, unexposed, withheld, saidAt, vouchers } };
}
