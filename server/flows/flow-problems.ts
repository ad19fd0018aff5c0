import { Problem } from '../common/problem.ts';

/** No flow of this workspace has the id. */
export const flowNotFound = (): Problem => Problem.notFound('flow.not-found', 'There is no such flow.');

/** Nothing begins with a flow that is a draft, paused or put away. */
export const flowNotLive = (): Problem =>
  Problem.conflict('flow.not-live', 'This flow is not live. Publish it, or resume it, first.');

/** The flow has no version of that number. */
export const versionNotFound = (): Problem =>
  Problem.notFound('flow.version-not-found', 'This flow has no such version.');

/** The golden conversations were saved, by whomever, since the caller read them. */
export const conversationsStale = (): Problem =>
  Problem.conflict(
    'flow.conversations-stale',
    'Conversations of this flow were saved elsewhere since you opened it. Look at what has changed, then try again.',
  );

/** The draft was saved since the caller read it. `mine`: by themselves, in another window or on another device. */
export const draftStale = (mine: boolean): Problem =>
  Problem.conflict(
    'flow.draft-stale',
    mine
      ? 'You have saved this flow somewhere else since you opened it here. Open it again to go on from there.'
      : 'Somebody else has saved this flow since you opened it. Open it again to go on from what they did.',
  );
