import type { Flow } from '#shared/api/flows.ts';

/** Who saved a draft elsewhere: oneself, in another window or on another device, or somebody else. */
export interface Saver {
  mine: boolean;
  /** What somebody else is called in a sentence. */
  name: string;
}

/** Who saved what the server has. `me`: who is signed in. */
export const saverOf = ({ savedBy }: Pick<Flow, 'savedBy'>, me: string): Saver => ({
  mine: savedBy?.id === me,
  name: savedBy?.name ?? 'Somebody else',
});
