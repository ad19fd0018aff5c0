import { Problem } from '../common/problem.ts';

export const flowNotFound = (): Problem => Problem.notFound('flow.not-found', 'There is no such flow.');

export const versionNotFound = (): Problem =>
  Problem.notFound('flow.version-not-found', 'This flow has no such version.');

export const draftStale = (): Problem =>
  Problem.conflict(
    'flow.draft-stale',
    'Somebody else has saved this flow since you opened it. Open it again to go on from what they did.',
  );
