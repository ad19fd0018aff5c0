import { z } from 'zod';
import { assertNever } from '#shared/assert-never.ts';

const flowId = z.string().nullable();

/** A route as the runtime stores it with an inbound text (`Route` of flows/engine), and the runs it touched. */
const routeSchema = z.intersection(
  z.discriminatedUnion('by', [
    z.object({
      by: z.literal('reserved'),
      word: z.string(),
      meaning: z.enum(['stop', 'start', 'help', 'agent']),
    }),
    z.object({
      by: z.enum(['answer', 'older-answer', 'catch-all']),
      runId: z.string(),
      flowId: z.string(),
      node: z.string(),
      category: z.string(),
    }),
    z.object({
      by: z.literal('keyword'),
      word: z.string(),
      flowId: z.string(),
      version: z.number(),
      medium: z.string().nullable(),
      resumed: z.boolean(),
    }),
    z.object({ by: z.literal('closed'), word: z.string(), flowId: z.string() }),
    z.object({
      by: z.literal('unmatched'),
      flowId: flowId.default(null),
      version: z.number().nullable().default(null),
      resumed: z.boolean().default(false),
    }),
    z.object({
      by: z.enum(['wake', 'start', 'delivery', 'cancel', 'later', 'event', 'consent', 'overtaken']),
      runId: z.string().nullable(),
      flowId,
    }),
  ]),
  z.object({ runIds: z.array(z.string()).default([]) }),
);
/** A route as it was stored, checked. */
export type StoredRoute = z.infer<typeof routeSchema>;

/** Reads a stored route; null for one that this build does not know. */
export function readRoute(stored: unknown): StoredRoute | null {
  const read = routeSchema.safeParse(stored);
  return read.success ? read.data : null;
}

/** What the sentence needs to call things by their names. */
export interface RouteNames {
  flow: string;
  sender: string;
  /** The step that was waiting. */
  step: string;
}

/** Why a text went where it went, in a marketer's words. */
export function routeSentence(route: StoredRoute, { flow, sender, step }: RouteNames): string {
  switch (route.by) {
    case 'reserved':
      return RESERVED[route.meaning](route.word);
    case 'answer':
      return `It answers “${step}” of “${flow}” with ${answer(route.category)}, the question asked last.`;
    case 'older-answer':
      return `The question asked last does not know it, but it answers “${step}” of “${flow}” with ${answer(route.category)}, asked before.`;
    case 'catch-all':
      return `It is no keyword, so “${step}” of “${flow}”, which waited for a reply, took it as ${answer(route.category)}.`;
    case 'keyword':
      return route.resumed
        ? `${route.word} is a keyword of “${flow}” on ${sender}. The person was in that conversation already, so its question was asked again.`
        : `${route.word} is a keyword of “${flow}” on ${sender}${route.medium === null ? '' : `, seen on ${route.medium}`}. It started version ${route.version}.`;
    case 'closed':
      return `${route.word} is a keyword of “${flow}”, which was not running. It was answered with the program's text for that.`;
    case 'unmatched':
      return `${NOTHING(sender)}${route.flowId === null ? '' : ` “${flow}” takes such texts: ${route.resumed ? 'it was under way already, so its question was asked again.' : `it started version ${route.version}.`}`}`;
    case 'overtaken':
      return 'It was read after a later text of theirs that says STOP, or may, so nothing answers it: whoever wants to come back texts again.';
    case 'wake':
    case 'start':
    case 'delivery':
    case 'cancel':
    case 'later':
    case 'event':
    case 'consent':
      return 'It was decided together with something else that happened.';
    default:
      return assertNever(route);
  }
}

const NOTHING = (sender: string): string =>
  `Nothing waited for it: it is no reserved word, no keyword on ${sender}, and no question was open.`;

const RESERVED = {
  stop: (word: string) =>
    `${word} says STOP, which always wins: every conversation ended, every consent was taken back, and what was queued was cancelled.`,
  start: (word: string) => `${word} takes back an earlier STOP.`,
  help: (word: string) => `${word} asks for help and is always answered, with the help text of the program.`,
  agent: (word: string) =>
    `${word} asks for somebody to talk to, and is answered with the program's text for that.`,
} as const;

const answer = (category: string): string =>
  category === 'other' ? '“anything else”' : category === 'answered' ? 'a free reply' : `“${category}”`;
