import { z } from 'zod';
import { conversationLineSchema } from './conversations.ts';

/** Where in a definition: a node, a port of it, or a path into the JSON. Empty for the whole. */
export const flowPlaceSchema = z.object({
  node: z.string().optional(),
  port: z.string().optional(),
  path: z.string().optional(),
});

/** One of several things wrong with what was sent. */
export const problemIssueSchema = z.object({
  /** Stable, dotted: `body.too-small`. */
  code: z.string(),
  /** Where, as a path: `nodes.2.config.text`. Empty for the whole. */
  place: z.string(),
  /** A sentence for people. */
  message: z.string(),
  /** The shortest conversation that shows it, a line a text: "> JOIN", "< Reply YES …", "… 24 hours later". */
  conversation: z.string().optional(),
  /** The same in parts, where it was found in a flow. `given` goes on "This person …"; what was not `replayed` is possible, and no proof. */
  finding: z
    .object({
      severity: z.enum(['error', 'warning']),
      place: flowPlaceSchema,
      witness: z
        .object({
          lines: z.array(conversationLineSchema),
          given: z.array(z.string()),
          replayed: z.boolean(),
        })
        .optional(),
    })
    .optional(),
});
export type ProblemIssue = z.infer<typeof problemIssueSchema>;

/** The one body of every answer that is no success, whatever refused: a rule, the parser, the router or a bug. */
export const problemBodySchema = z.object({
  error: z.object({
    /** Stable, dotted: `flow.not-found`. Programs decide by it, never by the message. */
    code: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/),
    /** A sentence for people. */
    message: z.string(),
    place: z.string().optional(),
    issues: z.array(problemIssueSchema).optional(),
  }),
  /** Also in the log and in the header x-request-id. */
  requestId: z.string(),
});
export type ProblemBody = z.infer<typeof problemBodySchema>;
