import { campaignsQuerySchema } from '#shared/api/campaigns.ts';
import { contestsQuerySchema } from '#shared/api/contests.ts';
import { flowsQuerySchema } from '#shared/api/flows.ts';
import { messagesQuerySchema } from '#shared/api/messages.ts';
import { runsQuerySchema } from '#shared/api/runs.ts';
import { poolsQuerySchema } from '#shared/api/vouchers.ts';
import { z } from 'zod';

// What stands after the question mark was typed or passed on by people: what makes no sense is dropped, not refused.
const words = z
  // The router reads what consists of digits as a number.
  .union([z.string(), z.number().transform(String)])
  .pipe(z.string().max(200))
  .optional()
  .catch(undefined);
const page = z.number().int().min(1).optional().catch(undefined);

/** `next`: the page to go to afterwards. */
export const signInSearch = z.object({ next: words });
export const flowsSearch = z.object({
  search: words,
  status: flowsQuerySchema.shape.status.catch(undefined),
  page,
  /** The dialog for a new flow is open. */
  new: z.boolean().optional().catch(undefined),
});
export const editorSearch = z.object({
  /** What the canvas shows: the draft, or the traffic over it. */
  view: z.enum(['traffic']).optional().catch(undefined),
  /** The step to show first. */
  node: words,
});
export const resultSearch = z.object({ goal: words });
/** `by`: the A/B test by whose versions the score is told apart. */
export const surveySearch = z.object({ by: words });
export const messagesSearch = z.object({
  search: words,
  direction: messagesQuerySchema.shape.direction.catch(undefined),
  status: messagesQuerySchema.shape.status.catch(undefined),
  flow: words,
  /** The message whose explanation is open. */
  open: words,
});
export const campaignsSearch = z.object({
  search: words,
  status: campaignsQuerySchema.shape.status.catch(undefined),
  page,
});
export const contestsSearch = z.object({
  search: words,
  status: contestsQuerySchema.shape.status.catch(undefined),
  page,
});
export const vouchersSearch = z.object({
  search: words,
  state: poolsQuerySchema.shape.state.catch(undefined),
  page,
});
export const contactsSearch = z.object({ search: words, list: words, tag: words, page });
/** `open`: the text whose conversation is shown. */
export const inboxSearch = z.object({
  search: words,
  state: z.enum(['decided']).optional().catch(undefined),
  page,
  open: words,
});
export const runsSearch = z.object({
  search: words,
  flow: words,
  status: runsQuerySchema.shape.status.catch(undefined),
});
/** `test`: the dialog that sends a test text is open. */
export const liveSearch = z.object({ test: z.boolean().optional().catch(undefined) });
