import { Problem } from '../common/problem.ts';

/** No flow of this workspace has the id. */
export const flowNotFound = (): Problem => Problem.notFound('flow.not-found', 'There is no such flow.');

/** Nothing begins with a flow that is a draft, paused or put away. */
export const flowNotLive = (): Problem =>
  Problem.conflict('flow.not-live', 'This flow is not live. Publish it, or resume it, first.');

/** The flow has no version of that number. */
export const versionNotFound = (): Problem =>
  Problem.notFound('flow.version-not-found', 'This flow has no such version.');

/** The golden conversations were saved by somebody else since the caller read them. */
export const conversationsStale = (): Problem =>
  Problem.conflict(
    'flow.conversations-stale',
    'Somebody else has saved conversations of this flow since you opened it. Look at what they did, then try again.',
  );

/** The draft was saved by somebody else since the caller read it. */
export const draftStale = (): Problem =>
  Problem.conflict(
    'flow.draft-stale',
    'Somebody else has saved this flow since you opened it. Open it again to go on from what they did.',
  );
