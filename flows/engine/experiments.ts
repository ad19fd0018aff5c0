import { chooseArm, HASH_VERSION } from './bucket.ts';
import { type Desk, own } from './desk.ts';
import type { EffectRequest } from './effects.ts';
import type { RunEvent } from './events.ts';
import { remember } from './remember.ts';
import type { Run } from './world.ts';

/** The stored arm decides; only a contact without one is proposed for an arm, by hash. */
export function split(request: Extract<EffectRequest, { kind: 'split' }>, run: Run, desk: Desk): RunEvent {
  const { contact, effects } = desk;
  const { experiment, arms } = request;
  const stored = own(contact.arms, experiment);
  const known = stored !== undefined && arms.some((arm) => arm.id === stored) ? stored : null;
  const arm = known ?? chooseArm(experiment, contact.phone, arms) ?? '';
  if (stored === undefined) {
    contact.arms[experiment] = arm;
    effects.push({ kind: 'assign-arm', experiment, arm, hashVersion: HASH_VERSION });
  }
  const { context } = run.position;
  if (own(context.arms, experiment) === undefined) {
    remember(run, {
      arms: { ...context.arms, [experiment]: arm },
      unexposed: [...context.unexposed, experiment],
    });
  }
  return { type: `answer.split.${arm}` };
}

/** The arms a run has met by now: a text of theirs went out, or it rests. */
export function expose(run: Run, desk: Desk): void {
  const { context } = run.position;
  if (context.unexposed.length === 0) return;
  for (const experiment of context.unexposed) {
    desk.effects.push({ kind: 'expose', experiment, arm: context.arms[experiment] ?? '', runId: run.id });
  }
  remember(run, { unexposed: [], withheld: false });
}

/** What was not sent exposes nobody: from here on only a text that goes out does. */
export function withhold(run: Run): void {
  if (run.position.context.unexposed.length > 0) remember(run, { withheld: true });
}

/** Counts a goal, and for every arm that was met before. */
export function reachGoal(goal: string, run: Run, desk: Desk): void {
  desk.effects.push({ kind: 'reach-goal', goal, runId: run.id });
  const { arms, unexposed } = run.position.context;
  for (const [experiment, arm] of Object.entries(arms)) {
    if (unexposed.includes(experiment)) continue;
    desk.effects.push({ kind: 'convert', experiment, arm, goal, runId: run.id });
  }
}
