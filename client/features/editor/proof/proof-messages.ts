import type { Issue } from '#flows/definition/issue.ts';
import type { Conversation } from '#flows/engine/transcript.ts';
import type { GoldenResult } from '#flows/prove/golden.ts';
import type { Uncovered } from '#flows/prove/uncovered.ts';
import type { ShownWitness } from '#flows/prove/witness.ts';

/** A draft, and the worlds it would live in. */
export interface Drafted {
  definition: unknown;
  worlds: readonly unknown[];
}

/** What the worker is asked: to look at a draft, to write conversations for it, or to listen to some. */
export type ProofQuestion = Drafted &
  (
    | { ask: 'look'; conversations: readonly Conversation[] }
    /** Those that are there already are not written again. */
    | { ask: 'generate'; conversations: readonly Conversation[] }
    | { ask: 'hear'; conversations: readonly Conversation[] }
  );

/** A finding with the conversation that shows it. */
export interface ShownIssue extends Issue {
  witness?: ShownWitness;
}

/** What every conversation of a draft came to. */
export interface Explored {
  findings: ShownIssue[];
  states: number;
  bounded: boolean;
  /** The lines of the drawing that some conversation can go along, as "node.port". */
  walkable: string[];
}

/** How far the exploration of a draft has come, and what it is certain of already. */
export interface Exploring {
  states: number;
  /** In texts and waits. */
  depth: number;
  certain: ShownIssue[];
}

/** How the saved conversations read now, and how many of them go along each line of the drawing. */
export interface Played {
  results: GoldenResult[];
  covered: [line: string, conversations: number][];
}

/** Conversations for a draft, and the lines that none of them goes along. */
export interface Generated {
  conversations: Conversation[];
  uncovered: Uncovered[];
}

/** What the worker says. */
export type ProofAnswer =
  | { about: 'exploring'; exploring: Exploring }
  | { about: 'explored'; explored: Explored }
  | { about: 'played'; played: Played }
  | { about: 'generated'; generated: Generated }
  /** Something of ours went wrong; nothing more comes of the question. */
  | { about: 'failed'; why: string };

/** Questions and answers carry the same number. */
export interface Numbered<Content> {
  id: number;
  content: Content;
}
