import type { CreateFlow } from '#shared/api/flows.ts';

/** What a new flow is made from. */
export type Start = 'template' | 'keyword' | 'import';

/** What each way of starting gets: it hands over the flow to make, and learns whether that is under way. */
export interface StartProps {
  busy: boolean;
  onCreate: (input: CreateFlow) => void;
}
