import type { Issue } from '#flows/definition/issue.ts';
import { type ParsedFlow, parse } from '#flows/definition/parse.ts';
import type { Conversation, TranscriptLine } from '#flows/engine/transcript.ts';
import { ProofMemory } from '#flows/prove/memory.ts';
import { generate, type Uncovered } from '#flows/prove/generate.ts';
import { type GoldenResult, playGolden } from '#flows/prove/golden.ts';
import { type Finding, type Proof, type ProofProgress, proving } from '#flows/prove/prove.ts';
import { proofWorld, type ProofWorld, proofWorldSchema } from '#flows/prove/world.ts';
import { assertNever } from '#shared/assert-never.ts';
import { unusedName } from '../golden/unused-name.ts';
import { messagePauses, Slices } from './slices.ts';

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
  witness?: { lines: readonly TranscriptLine[]; given: readonly string[]; replayed: boolean };
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

export type ProofAnswer =
  | { about: 'exploring'; exploring: Exploring }
  | { about: 'explored'; explored: Explored }
  | { about: 'played'; played: Played }
  | { about: 'generated'; generated: Generated };

/** Questions and answers carry the same number. */
export interface Numbered<Content> {
  id: number;
  content: Content;
}

const slices = new Slices(messagePauses());

/** Explores and plays drafts beside the page, so that typing never waits for it. A newer draft is looked at instead of an older one. */
self.onmessage = ({ data: { id, content } }: MessageEvent<Numbered<ProofQuestion>>) => {
  const answer = (content: ProofAnswer): void => {
    const numbered: Numbered<ProofAnswer> = { id, content };
    self.postMessage(numbered);
  };
  const parsed = parse(content.definition);
  if (parsed.definition === null) return;
  const worlds = content.worlds.flatMap((json) => {
    const world = proofWorldSchema.safeParse(json);
    return world.success ? [world.data] : [];
  });
  const [first = proofWorld()] = worlds;
  switch (content.ask) {
    case 'look':
      answer({ about: 'played', played: played(parsed, content.conversations, first) });
      return slices.instead(looking(content, parsed, worlds, answer));
    case 'hear':
      return answer({ about: 'played', played: played(parsed, content.conversations, first) });
    case 'generate':
      return answer({ about: 'generated', generated: generated(parsed, content.conversations, first) });
    default:
      assertNever(content);
  }
};

let last: { key: string; explored: Explored } | null = null;
/** What the drafts before left behind in each of the worlds. */
const memories: ProofMemory[] = [];

const memoryOf = (world: number): ProofMemory => {
  const memory = memories[world] ?? new ProofMemory();
  memories[world] = memory;
  return memory;
};

/** Explores what is another drawing or another world, telling how far it has come: new conversations alone change nothing. */
function* looking(
  { definition, worlds: given }: Drafted,
  parsed: ParsedFlow,
  worlds: readonly ProofWorld[],
  answer: (content: ProofAnswer) => void,
): Generator<void, void> {
  const key = JSON.stringify([definition, given]);
  if (last?.key !== key) {
    const proofs: Proof[] = [];
    for (const [at, world] of worlds.entries()) {
      const steps = proving(parsed, world, { early: true, memory: memoryOf(at) });
      proofs.push(yield* told(steps, proofs, answer));
    }
    last = { key, explored: exploredIn(proofs) };
  }
  answer({ about: 'explored', explored: last.explored });
}

/** Takes the steps of a proof, and tells now and then how far it has come. */
function* told(
  steps: Iterator<ProofProgress, Proof>,
  before: readonly Proof[],
  answer: (content: ProofAnswer) => void,
): Generator<void, Proof> {
  const known = before.flatMap(({ findings }) => findings);
  let due = performance.now() + EVERY;
  let shown: ProofProgress['certain'] = [];
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    const { states, depth, certain } = step.value;
    if (performance.now() >= due || certain !== shown) {
      due = performance.now() + EVERY;
      shown = certain;
      answer({
        about: 'exploring',
        exploring: { states, depth, certain: [...known, ...certain].map(shownOf) },
      });
    }
    yield;
  }
}

/** How often it is told how far an exploration has come, in milliseconds. */
const EVERY = 100;

const exploredIn = (proofs: readonly Proof[]): Explored => ({
  findings: proofs.flatMap(({ findings }) => findings.map(shownOf)),
  states: Math.max(0, ...proofs.map(({ covered }) => covered.states)),
  bounded: proofs.some(({ bounded }) => bounded),
  walkable: [...new Set(proofs.flatMap(({ covered }) => [...covered.passages]))],
});

const shownOf = ({ code, severity, message, place, witness }: Finding): ShownIssue => ({
  code,
  severity,
  message,
  place,
  ...(witness ? { witness: { lines: witness.lines, given: witness.given, replayed: witness.replayed } } : {}),
});

function played(parsed: ParsedFlow, conversations: readonly Conversation[], world: ProofWorld): Played {
  const { results, covered } = playGolden(parsed, conversations, world);
  return { results, covered: [...covered] };
}

/** What is missing beside the conversations that are there. */
function generated(parsed: ParsedFlow, there: readonly Conversation[], world: ProofWorld): Generated {
  const { conversations, uncovered } = generate(parsed, world);
  const walked = new Set(linesOf(parsed, there, world));
  const names = new Set(there.map(({ name }) => name));
  const missing = conversations.filter((one) => {
    const lines = linesOf(parsed, [one], world);
    const adds = lines.some((line) => !walked.has(line));
    if (adds) for (const line of lines) walked.add(line);
    return adds;
  });
  return {
    conversations: missing.map((one) => {
      const name = unusedName(one.name, names);
      names.add(name);
      return { ...one, name };
    }),
    uncovered: uncovered.filter(({ node, port }) => !walked.has(`${node}.${port}`)),
  };
}

const linesOf = (parsed: ParsedFlow, spoken: readonly Conversation[], world: ProofWorld): string[] =>
  [...playGolden(parsed, spoken, world).covered].flatMap(([line, times]) => (times > 0 ? [line] : []));
