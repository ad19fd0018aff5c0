import { SLUG } from '#shared/ids.ts';
import { z } from 'zod';

/** The newest version of the flow format; older ones are migrated in memory by `parse`. */
export const SCHEMA_VERSION = 1;

/** Limits that keep a definition readable by people and cheap to compile. */
export const LIMITS = {
  nodes: 2_000,
  edges: 6_000,
  triggers: 200,
  words: 50,
  languages: 20,
  text: 2_000,
} as const;

const languageCode = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, 'Write a language code such as en or pt-BR.');
const nodeId = z.string().regex(SLUG, 'A node id is 1 to 40 lower-case letters, digits and dashes.');

/** How a keyword has to stand in a text to start the flow. The words of a `pattern` are regular expressions; `close` forgives typos. */
export const keywordMatchSchema = z.enum([
  'exact',
  'first-word',
  'sub-keyword',
  'phrase',
  'contains',
  'pattern',
  'close',
]);

const moment = z.iso.datetime('Write a moment as 2026-06-01T08:00:00Z.');

/**
 * What starts a flow on one sender ("*" means every sender of the workspace): a keyword, or any text that nothing else takes.
 * It may count from one moment until another, for known or for unknown numbers only, and say which language people want who
 * use it.
 */
export const triggerSchema = z
  .strictObject({
    kind: z.enum(['keyword', 'unmatched']),
    /** None for an `unmatched` trigger. */
    words: z.array(z.string().trim().min(1).max(80)).max(LIMITS.words).default([]),
    match: keywordMatchSchema.default('first-word'),
    sender: z.string().min(1).max(32).default('*'),
    medium: z.string().max(60).optional(),
    /** From then on it counts; before `until` it does. */
    from: moment.optional(),
    until: moment.optional(),
    /** A number is known once it has texted us, or was imported. */
    known: z.enum(['any', 'known', 'unknown']).optional(),
    language: languageCode.optional(),
  })
  .refine(({ kind, words }) => (kind === 'keyword') === words.length > 0, {
    path: ['words'],
    error: 'A keyword has at least one word, and only a keyword has words.',
  });

export const nodeSchema = z.strictObject({
  id: nodeId,
  kind: z.string().min(1).max(40),
  title: z.string().max(80).optional(),
  config: z.unknown(),
});

export const edgeSchema = z.strictObject({ from: nodeId, port: z.string().min(1).max(60), to: nodeId });

export const pointSchema = z.strictObject({ x: z.number(), y: z.number() });

/** The shape of a flow definition, node configs still unchecked: `parse` checks them against their node kinds. */
export const definitionSchema = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  name: z.string().trim().min(1).max(120),
  description: z.string().max(500).optional(),
  languages: z.array(languageCode).min(1).max(LIMITS.languages).default(['en']),
  triggers: z.array(triggerSchema).max(LIMITS.triggers).default([]),
  interruptible: z
    .strictObject({
      by: z.enum(['keywords', 'nothing']),
      except: z.array(z.string().max(80)).max(LIMITS.words),
    })
    .default({ by: 'keywords', except: [] }),
  nodes: z.array(nodeSchema).max(LIMITS.nodes),
  edges: z.array(edgeSchema).max(LIMITS.edges),
  start: nodeId.nullable(),
  translations: z
    .record(languageCode, z.record(z.string().max(120), z.string().max(LIMITS.text)))
    .default({}),
  layout: z.record(nodeId, pointSchema).default({}),
});

export type Trigger = z.infer<typeof triggerSchema>;
export type FlowNode = z.infer<typeof nodeSchema>;
export type FlowEdge = z.infer<typeof edgeSchema>;
export type Point = z.infer<typeof pointSchema>;
/** A flow as people draw it: plain JSON, newest format. */
export type Definition = z.infer<typeof definitionSchema>;
