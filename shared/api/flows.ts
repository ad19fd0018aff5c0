import { z } from 'zod';
import {
  createdSchema,
  idSchema,
  momentSchema,
  pageSchema,
  pageQuerySchema,
  revisionSchema,
  slugSchema,
} from './common.ts';
import { conversationsSchema } from './conversations.ts';
import { flowPlaceSchema } from './problem.ts';

/** `draft`: never published; `live`: its newest version answers; `paused`: its keywords answer nothing new; `archived`: put away. */
export const flowStatusSchema = z.enum(['draft', 'live', 'paused', 'archived']);

/** Something wrong with a definition, as `parse` and `prove` of flows/ say it. */
const issueSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  place: flowPlaceSchema,
});

/** A flow in the list. `changed`: the draft differs in logic from the newest version. */
export const flowSummarySchema = z.object({
  id: idSchema,
  name: z.string(),
  status: flowStatusSchema,
  version: z.number().int().nullable(),
  changed: z.boolean(),
  keywords: z.array(z.string()),
  steps: z.number().int(),
  running: z.number().int(),
  /** Runs started in the last 7 days. */
  startedLately: z.number().int(),
  updatedAt: momentSchema,
  publishedAt: momentSchema.nullable(),
});

/** A flow with its draft. `definition` is what `parse` of flows/ reads; `revision` guards against overwriting someone's edit. */
export const flowSchema = flowSummarySchema.extend({
  definition: z.unknown(),
  revision: z.number().int(),
  /** Who made that revision; null where nobody knows. */
  savedBy: z.object({ id: idSchema, name: z.string() }).nullable(),
  issues: z.array(issueSchema),
});

export const flowsQuerySchema = pageQuerySchema.extend({ status: flowStatusSchema.optional() });
export const flowsPageSchema = pageSchema(flowSummarySchema);

/** POST /api/flows: from a template, from a definition (import) with the conversations that came along, or empty. */
export const createFlowSchema = z.strictObject({
  name: z.string().trim().min(1, 'Give the flow a name.').max(120),
  template: z.string().max(40).optional(),
  definition: z.unknown().optional(),
  conversations: conversationsSchema.optional(),
  /** In the place of the word that the template or definition starts with first, in its texts and conversations too. */
  keyword: z.string().trim().min(1).max(80).optional(),
});

/** The answer to it, and to a copy: the flow is there whatever stands in the way of publishing it, which `issues` tell as for a saved draft. */
export const createdFlowSchema = createdSchema.extend({ issues: z.array(issueSchema) });

/** PUT /api/flows/:id/draft. A stale `revision` is refused with 409 `flow.draft-stale`. */
export const saveDraftSchema = z.strictObject({ definition: z.unknown(), revision: revisionSchema });
export const savedDraftSchema = z.object({
  revision: z.number().int(),
  changed: z.boolean(),
  issues: z.array(issueSchema),
});

/**
 * Findings that the author accepts, each with a reason that is kept with the version; without a place, all findings of that code. Errors
 * that were shown to happen cannot be accepted.
 */
const acceptedFindingsSchema = z
  .array(
    z.strictObject({
      code: z.string().max(80),
      place: z.strictObject(flowPlaceSchema.shape).optional(),
      reason: z.string().trim().min(1, 'Say why this is wanted.').max(300),
    }),
  )
  .max(1_000);

/**
 * POST /api/flows/:id/publish. Errors are refused with 422 `flow.not-publishable` and the issues, what may be accepted but has no
 * reason with 422 `flow.needs-reason`.
 */
export const publishSchema = z.strictObject({
  revision: revisionSchema,
  note: z.string().trim().max(200).optional(),
  accepted: acceptedFindingsSchema.optional(),
});

/** A finding that a version was published or resumed in spite of: a warning, or an error that could not be shown to happen. */
export const doubtSchema = issueSchema.omit({ severity: true }).extend({
  /** Why whoever published it wants it so; null in versions from before reasons were asked for. */
  reason: z.string().nullable(),
});

/** A published version in the list of a flow's versions. */
export const versionSchema = z.object({
  id: idSchema,
  number: z.number().int(),
  note: z.string().nullable(),
  doubts: z.array(doubtSchema),
  publishedAt: momentSchema,
  publishedBy: z.string().nullable(),
});

/** What was proved of a version when it was published: how much was explored, and how each promise stands. */
export const certificateSchema = z.object({
  /** Of everything in the definition but the layout. */
  definitionHash: z.string(),
  rulesHash: z.string(),
  worldHash: z.string(),
  states: z.number().int(),
  transitions: z.number().int(),
  /** How deep the exploration went where it did not reach everything; null where it did. */
  bounded: z.object({ depth: z.number().int() }).nullable(),
  exact: z.boolean(),
  results: z.array(
    z.object({
      property: z.string(),
      verdict: z.enum(['holds', 'violated', 'possible', 'bounded', 'unchecked']),
      accepted: z.array(z.object({ code: z.string(), reason: z.string() })),
    }),
  ),
});
/** A published version with all that was published. */
export const versionWithDefinitionSchema = versionSchema.extend({
  definition: z.unknown(),
  /** The golden conversations it was published with. */
  conversations: conversationsSchema,
  /** One for each country, gateway and program it was published into. */
  certificates: z.array(certificateSchema),
});

/**
 * PATCH /api/flows/:id: pause, resume, archive, bring back. A flow is resumed as it is published: what has become doubtful while it was
 * paused needs a reason.
 */
export const changeFlowSchema = z.strictObject({
  status: z.enum(['live', 'paused', 'archived', 'draft']),
  accepted: acceptedFindingsSchema.optional(),
});

/** GET /api/flows/:id/traffic: how often each line was gone along, and who waits where, all versions together. */
export const trafficSchema = z.object({
  passages: z.array(z.object({ node: z.string(), port: z.string(), count: z.number().int() })),
  waiting: z.array(z.object({ node: z.string(), count: z.number().int() })),
});

/** GET /api/flows/:id/worlds: what `prove` of flows/ takes as worlds, one for each country, gateway and program. */
export const worldsSchema = z.array(z.record(z.string(), z.unknown()));

const namedSchema = z.strictObject({ key: slugSchema, name: z.string().trim().min(1).max(80) });

/** POST /api/flows/:id/needs: what a flow names and its workspace may lack. What is there already stays as it is. */
export const needsSchema = z.strictObject({
  lists: z
    .array(namedSchema.extend({ optIn: z.enum(['single', 'double']) }))
    .max(50)
    .default([]),
  contests: z.array(namedSchema).max(50).default([]),
  /** Pools of vouchers. */
  vouchers: z.array(namedSchema).max(50).default([]),
});

/** A flow to begin from, and what a workspace needs to run it. */
export const templateSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  definition: z.unknown(),
  /** The word that it starts with. */
  keyword: z.string().nullable(),
  conversations: conversationsSchema,
  needs: needsSchema,
});

export type FlowStatus = z.infer<typeof flowStatusSchema>;
export type FlowSummary = z.infer<typeof flowSummarySchema>;
export type Flow = z.infer<typeof flowSchema>;
export type FlowsQuery = z.infer<typeof flowsQuerySchema>;
export type CreateFlow = z.infer<typeof createFlowSchema>;
export type CreatedFlow = z.infer<typeof createdFlowSchema>;
export type SaveDraft = z.infer<typeof saveDraftSchema>;
export type SavedDraft = z.infer<typeof savedDraftSchema>;
export type ProofCertificate = z.infer<typeof certificateSchema>;
export type Doubt = z.infer<typeof doubtSchema>;
export type Publish = z.infer<typeof publishSchema>;
export type Version = z.infer<typeof versionSchema>;
export type VersionWithDefinition = z.infer<typeof versionWithDefinitionSchema>;
export type ChangeFlow = z.infer<typeof changeFlowSchema>;
export type Traffic = z.infer<typeof trafficSchema>;
export type Worlds = z.infer<typeof worldsSchema>;
export type Needs = z.infer<typeof needsSchema>;
export type FlowTemplate = z.infer<typeof templateSchema>;
