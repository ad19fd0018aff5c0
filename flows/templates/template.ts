import type { Conversation } from '../engine/transcript.ts';

/** A list that a template's flow puts people on; created with the flow. */
export interface NeededList {
  key: string;
  name: string;
  optIn: 'single' | 'double';
}

/** A contest that a template's flow enters people into. */
export interface NeededContest {
  key: string;
  name: string;
}

/** A pool of vouchers that a template's flow gives codes of. */
export interface NeededPool {
  key: string;
  name: string;
}

/** A finished flow to start from, with the conversations that specify it. */
export interface Template {
  id: string;
  title: string;
  summary: string;
  /** Who it is for, in a sentence. */
  for: string;
  /** The definition as stored JSON: goes through `parse` like any other. */
  definition: unknown;
  conversations: Conversation[];
  lists: NeededList[];
  contests: NeededContest[];
  vouchers: NeededPool[];
}
