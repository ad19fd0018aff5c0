import { type ParsedFlow, parse } from '#flows/definition/parse.ts';
import type { Conversation } from '#flows/engine/transcript.ts';
import { generating } from '#flows/prove/generate.ts';
import type { Finding } from '#flows/prove/finding.ts';
import { playGolden } from '#flows/prove/golden.ts';
import { ProofMemory } from '#flows/prove/memory.ts';
import { type Proof, type ProofProgress, proving } from '#flows/prove/prove.ts';
import { proofWorld, type ProofWorld, proofWorldSchema } from '#flows/prove/world.ts';
import { assertNever } from '#shared/assert-never.ts';
import { unusedName } from '../../../lib/unused-name.ts';
import type {
  Drafted,
  Explored,
  Generated,
  Numbered,
  Played,
  ProofAnswer,
  ProofQuestion,
  ShownIssue,
} from './proof-messages.ts';
import { type Pauses, Slices } from './slices.ts';

type Answer = (content: ProofAnswer) => void;

/**
 * Answers the questions of an editor, in slices, so that a new one is heard while an old one is worked on. A newer draft is looked at
 * instead of an older one; conversations are written beside that. Whatever fails says so.
 */
export class ProofClerk {
  private readonly looks: Slices;
  private readonly writings: Slices;
  private last: { key: string; explored: Explored } | null = null;
  /** What the drafts before left behind in each of the worlds. */
  private readonly memories: ProofMemory[] = [];

  constructor(
    pauses: () => Pauses,
    private readonly post: (answer: Numbered<ProofAnswer>) => void,
  ) {
    this.looks = new Slices(pauses());
    this.writings = new Slices(pauses());
  }

  take({ id, content }: Numbered<ProofQuestion>): void {
    const answer: Answer = (about) => this.post({ id, content: about });
    try {
      this.begin(content, answer);
    } catch (error) {
      this.fail(error, answer);
    }
  }

  private begin(question: ProofQuestion, answer: Answer): void {
    const parsed = parse(question.definition);
    if (parsed.definition === null) throw new Error('The drawing cannot be read.');
    const worlds = question.worlds.flatMap((json) => {
      const world = proofWorldSchema.safeParse(json);
      return world.success ? [world.data] : [];
    });
    const [first = proofWorld()] = worlds;
    switch (question.ask) {
      case 'look':
        answer({ about: 'played', played: played(parsed, question.conversations, first) });
        this.looks.instead(this.caught(this.looking(question, parsed, worlds, answer), answer));
        break;
      case 'hear':
        answer({ about: 'played', played: played(parsed, question.conversations, first) });
        break;
      case 'generate':
        this.writings.instead(this.caught(writing(parsed, question.conversations, first, answer), answer));
        break;
      default:
        assertNever(question);
    }
  }

  /** Explores what is another drawing or another world, telling how far it has come: new conversations alone change nothing. */
  private *looking(
    { definition, worlds: given }: Drafted,
    parsed: ParsedFlow,
    worlds: readonly ProofWorld[],
    answer: Answer,
  ): Generator<void, void> {
    const key = JSON.stringify([definition, given]);
    if (this.last?.key !== key) {
      const proofs: Proof[] = [];
      for (const [at, world] of worlds.entries()) {
        const steps = proving(parsed, world, { early: true, memory: this.memoryOf(at) });
        proofs.push(yield* told(steps, proofs, answer));
      }
      this.last = { key, explored: exploredIn(proofs) };
    }
    answer({ about: 'explored', explored: this.last.explored });
  }

  /** Work that says so where it fails. */
  private *caught(work: Generator<unknown, void>, answer: Answer): Generator<unknown, void> {
    try {
      yield* work;
    } catch (error) {
      this.fail(error, answer);
    }
  }

  /** Whoever asks again gets everything looked at anew: what is remembered may be what is wrong. */
  private fail(error: unknown, answer: Answer): void {
    this.memories.length = 0;
    answer({ about: 'failed', why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }

  private memoryOf(world: number): ProofMemory {
    const memory = this.memories[world] ?? new ProofMemory();
    this.memories[world] = memory;
    return memory;
  }
}

/** Takes the steps of a proof, and tells now and then how far it has come. */
function* told(
  steps: Iterator<ProofProgress, Proof>,
  before: readonly Proof[],
  answer: Answer,
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

/** Writes what is missing beside the conversations that are there. */
function* writing(
  parsed: ParsedFlow,
  there: readonly Conversation[],
  world: ProofWorld,
  answer: Answer,
): Generator<unknown, void> {
  const { conversations, uncovered } = yield* generating(parsed, world);
  const walked = new Set(linesOf(parsed, there, world));
  const names = new Set(there.map(({ name }) => name));
  const missing: Generated['conversations'] = [];
  for (const one of conversations) {
    yield;
    const lines = linesOf(parsed, [one], world);
    if (lines.every((line) => walked.has(line))) continue;
    for (const line of lines) walked.add(line);
    const name = unusedName(one.name, names);
    names.add(name);
    missing.push({ ...one, name });
  }
  const left = uncovered.filter(({ node, port }) => !walked.has(`${node}.${port}`));
  answer({ about: 'generated', generated: { conversations: missing, uncovered: left } });
}

const linesOf = (parsed: ParsedFlow, spoken: readonly Conversation[], world: ProofWorld): string[] =>
  [...playGolden(parsed, spoken, world).covered].flatMap(([line, times]) => (times > 0 ? [line] : []));
