import type { Issue } from '#flows/definition/issue.ts';
import { type ParsedFlow, parse } from '#flows/definition/parse.ts';
import { drawnFrom } from '#flows/engine/flatten.ts';
import type { Conversation, TranscriptLine } from '#flows/engine/transcript.ts';
import { generate, type Uncovered } from '#flows/prove/generate.ts';
import { type GoldenResult, playGolden } from '#flows/prove/golden.ts';
import { prove } from '#flows/prove/prove.ts';
import { proofWorld, type ProofWorld, proofWorldSchema } from '#flows/prove/world.ts';
import { assertNever } from '#shared/assert-never.ts';
import { unusedName } from '../golden/unused-name.ts';

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
  | { about: 'explored'; explored: Explored }
  | { about: 'played'; played: Played }
  | { about: 'generated'; generated: Generated };

/** Questions and answers carry the same number. */
export interface Numbered<Content> {
  id: number;
  content: Content;
}

/** Explores and plays drafts beside the page, so that typing never waits for it. */
self.onmessage = ({ data: { id, content } }: MessageEvent<Numbered<ProofQuestion>>) => {
  for (const answer of answers(content)) {
    const numbered: Numbered<ProofAnswer> = { id, content: answer };
    self.postMessage(numbered);
  }
};

/** A look is answered twice: what the saved conversations do, at once, and what all others do, when that is known. */
function* answers(question: ProofQuestion): Generator<ProofAnswer> {
  const parsed = parse(question.definition);
  if (parsed.definition === null) return;
  const worlds = question.worlds.flatMap((json) => {
    const world = proofWorldSchema.safeParse(json);
    return world.success ? [world.data] : [];
  });
  const [first = proofWorld()] = worlds;
  switch (question.ask) {
    case 'look':
      yield { about: 'played', played: played(parsed, question.conversations, first) };
      yield { about: 'explored', explored: exploredOnce(question, parsed, worlds) };
      return;
    case 'hear':
      yield { about: 'played', played: played(parsed, question.conversations, first) };
      return;
    case 'generate':
      yield { about: 'generated', generated: generated(parsed, question.conversations, first) };
      return;
    default:
      assertNever(question);
  }
}

let last: { key: string; explored: Explored } | null = null;

/** Explores anew only what is another drawing or another world: new conversations alone change nothing. */
function exploredOnce(
  { definition, worlds: given }: Drafted,
  parsed: ParsedFlow,
  worlds: readonly ProofWorld[],
): Explored {
  const key = JSON.stringify([definition, given]);
  if (last?.key !== key) last = { key, explored: explored(parsed, worlds) };
  return last.explored;
}

function explored(parsed: ParsedFlow, worlds: readonly ProofWorld[]): Explored {
  const proofs = worlds.map((world) => prove(parsed, world));
  return {
    findings: proofs.flatMap(({ findings }) =>
      findings.map(({ code, severity, message, place, witness }) => ({
        code,
        severity,
        message,
        place,
        ...(witness
          ? { witness: { lines: witness.lines, given: witness.given, replayed: witness.replayed } }
          : {}),
      })),
    ),
    states: Math.max(0, ...proofs.map(({ covered }) => covered.states)),
    bounded: proofs.some(({ bounded }) => bounded),
    walkable: [...new Set(proofs.flatMap(({ covered }) => [...covered.passages]))],
  };
}

function played(parsed: ParsedFlow, conversations: readonly Conversation[], world: ProofWorld): Played {
  const { results, covered } = playGolden(parsed, conversations, world);
  return { results, covered: [...covered] };
}

/** What is missing beside the conversations that are there. Lines inside a flow that a step holds are that flow's own to cover. */
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
    uncovered: uncovered.flatMap((one) => {
      const node = drawnFrom(one.node);
      return node === null || walked.has(`${node}.${one.port}`) ? [] : [{ ...one, node }];
    }),
  };
}

const linesOf = (parsed: ParsedFlow, spoken: readonly Conversation[], world: ProofWorld): string[] =>
  [...playGolden(parsed, spoken, world).covered].flatMap(([line, times]) => (times > 0 ? [line] : []));
