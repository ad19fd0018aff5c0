import { drawnFrom, drawnNode, embeddedIn } from '../engine/flatten.ts';
import { inspect } from '../definition/inspect.ts';
import { error, type Issue, type Place } from '../definition/issue.ts';
import type { ParsedFlow } from '../definition/parse.ts';
import { BOUNDED, isAcceptable } from './acceptable.ts';
import { type Certificate, rulesHash, type Verdict, worldHash } from './certificate.ts';
import type { Exploration } from './explore.ts';
import { foundForGood } from './early.ts';
import type { Finding } from './finding.ts';
import { type Ground, groundOf } from './ground.ts';
import { definitionHash } from './hash/definition-hash.ts';
import { PROPERTIES } from './properties/index.ts';
import type { Property } from './properties/property.ts';
import { finish } from './steps.ts';
import { type Limits, type Subject, subjecting } from './subject.ts';
import { proofWorld, type ProofWorld } from './world.ts';

/** Says that a warning at a place is known and wanted. */
export interface Acceptance {
  code: string;
  place?: Place;
  reason: string;
}

export interface ProveOptions extends Limits {
  accepted?: readonly Acceptance[];
}

export interface ProvingOptions extends ProveOptions {
  /** Tells what is certain before everything was explored. */
  early?: boolean;
  /** States that are explored before anything is told; it is looked again at four times as many. */
  soon?: number;
}

/** How far a proof has come. */
export interface ProofProgress {
  /** That were looked at, some of them again with less in mind. */
  states: number;
  /** In texts and waits, where it came deepest. */
  depth: number;
  /** What was shown to happen before everything was explored: it is found again in the end. */
  certain: readonly Finding[];
}

/** What was found out about a flow, and what was not looked at. */
export interface Proof {
  findings: Finding[];
  /** What keeps the flow from being published: errors that nobody may accept, and bounds nobody has. */
  blocking: Finding[];
  covered: {
    states: number;
    transitions: number;
    /** Every way out that some conversation goes along, as "node.port". */
    passages: Set<string>;
  };
  bounded: boolean;
  /** Sentences on what the world did not say. */
  notChecked: string[];
  certificate: Certificate;
}

/**
 * Proves a flow in a world: explores every conversation it can have, and holds every property against it. `parsed` is what `parse`
 * returned for the draft; nothing is remembered between calls but in the `memory` of the options.
 */
export function prove(
  parsed: ParsedFlow,
  world: ProofWorld = proofWorld(),
  options: ProveOptions = {},
): Proof {
  return finish(proving(parsed, world, options));
}

/** The same, step by step, for those who have something else to do meanwhile and may give it up. */
export function* proving(
  parsed: ParsedFlow,
  world: ProofWorld,
  { accepted = [], ...options }: ProvingOptions = {},
): Generator<ProofProgress, Proof> {
  let progress: ProofProgress = { states: 0, depth: 0, certain: [] };
  const ground = groundOf(parsed, world);
  yield progress;
  const issues = inspect(parsed, [world.country], world);
  yield progress;
  const exploring = looking(ground, issues, options);
  let step = exploring.next();
  for (; !step.done; step = exploring.next()) {
    progress = step.value;
    yield progress;
  }
  const subject = step.value;
  const found: Finding[] = [];
  for (const property of PROPERTIES) {
    for (const one of property.check(subject)) {
      found.push({ ...one, property: property.id });
      yield progress;
    }
    yield progress;
  }
  return proofOf(subject, found, accepted);
}

/** Explores, and says early what is certain where that is wanted. */
function* looking(
  ground: Ground,
  issues: readonly Issue[],
  { early = false, soon = SOON, ...limits }: ProvingOptions,
): Generator<ProofProgress, Subject> {
  const lists = PROPERTIES.flatMap(({ asksAbout }: Property) => [...(asksAbout?.(ground) ?? [])]);
  const exploring = subjecting(ground, issues, limits, lists);
  let certain: readonly Finding[] = [];
  let enough = early ? soon : Number.POSITIVE_INFINITY;
  // Where one exploration gave up another begins: what was looked at is counted over all of them.
  let [before, now, deepest] = [0, 0, 0];
  let step = exploring.next();
  for (; !step.done; step = exploring.next()) {
    const { states, depth, soFar } = step.value;
    if (states < now) before += now;
    now = states;
    deepest = Math.max(deepest, depth);
    const exploration = soFar();
    if (states >= enough && !exploration.isLoose) {
      enough = states * 4;
      const found: Finding[] = [];
      for (const one of foundForGood({ ground, issues, exploration })) {
        found.push(asDrawn(one));
        yield { states: before + now, depth: deepest, certain };
      }
      certain = once(found);
    }
    yield { states: before + now, depth: deepest, certain };
  }
  return step.value;
}

/** What the findings come to, and the certificate that says so. */
function proofOf(subject: Subject, found: readonly Finding[], accepted: readonly Acceptance[]): Proof {
  const { ground, exploration, issues } = subject;
  const owned = new Set<string>(PROPERTIES.flatMap(({ owns }) => owns));
  const drawing = issues
    .filter(({ code }) => !owned.has(code))
    .map((issue): Finding => ({ ...issue, property: 'drawing' }));
  const findings = once([...drawing, ...found.map(asDrawn), ...boundedBy(exploration)]).map((finding) =>
    withReason(finding, accepted),
  );
  const [states, transitions] = [exploration.states.length, exploration.edges.length];
  return {
    findings,
    blocking: findings.filter((finding) => finding.severity === 'error' && finding.accepted === undefined),
    covered: { states, transitions, passages: passagesOf(exploration) },
    bounded: exploration.bounded !== null,
    notChecked: PROPERTIES.flatMap(({ unchecked }: Property) => unchecked?.(ground.world, ground) ?? []),
    certificate: {
      definitionHash: definitionHash(ground.drawn.definition),
      rulesHash: rulesHash(),
      worldHash: worldHash(around(ground)),
      results: PROPERTIES.map((property: Property) => resultOf(property, findings, subject)),
      states,
      transitions,
      bounded: exploration.bounded,
      exact: !exploration.isLoose,
    },
  };
}

/** Enough to have a look at, and done in a moment. */
const SOON = 250;

/** The world as far as it concerns the flow: what is published elsewhere counts where a step holds it. */
function around({ world, drawn }: Ground): ProofWorld {
  const held = new Set(embeddedIn(drawn).map(({ flow }) => flow.id));
  return { ...world, published: world.published?.filter(({ id }) => held.has(id)) ?? null };
}

/** What is wrong inside a flow that a step holds is shown at that step. */
function asDrawn(finding: Finding): Finding {
  const { node } = finding.place;
  return node === undefined || drawnNode(node) === node
    ? finding
    : { ...finding, place: { node: drawnNode(node) } };
}

/** The ways out that some conversation goes along. */
function passagesOf({ edges }: Exploration): Set<string> {
  const passages = new Set<string>();
  for (const { from, port } of edges.flatMap((edge) => edge.passages)) {
    const node = drawnFrom(from);
    if (node !== null) passages.add(`${node}.${port}`);
  }
  return passages;
}

function boundedBy({ bounded, states }: Exploration): Finding[] {
  if (!bounded) return [];
  const sentence = `This flow is too big to be explored to the end: ${states.length} states, all conversations of up to ${bounded.depth} texts and waits. Make it smaller, or say why that is enough.`;
  return [{ ...error(BOUNDED, sentence), property: 'drawing' }];
}

function withReason(finding: Finding, accepted: readonly Acceptance[]): Finding {
  if (!isAcceptable(finding)) return finding;
  const match = accepted.find(
    ({ code, place }) => code === finding.code && (!place || same(place, finding.place)),
  );
  return match ? { ...finding, accepted: match.reason } : finding;
}

const same = (a: Place, b: Place): boolean => a.node === b.node && a.port === b.port && a.path === b.path;

/** Two properties, or proofs in two worlds, may find the same; a person reads it once. */
export function once<Found extends Issue>(findings: readonly Found[]): Found[] {
  const keyOf = ({ code, message, place }: Issue) => JSON.stringify([code, message, place]);
  return [...new Map(findings.toReversed().map((finding) => [keyOf(finding), finding])).values()].reverse();
}

function resultOf(
  { id, unchecked, isAboutAbsence = false }: Property,
  findings: readonly Finding[],
  { exploration: { bounded, isLoose }, ground }: Subject,
): Certificate['results'][number] {
  const own = findings.filter(({ property }) => property === id);
  const isCut = bounded !== null || (isLoose && isAboutAbsence);
  return {
    property: id,
    verdict: verdictOf(own, isCut, unchecked?.(ground.world, ground) != null),
    accepted: own.flatMap(({ code, accepted: reason }) => (reason === undefined ? [] : [{ code, reason }])),
  };
}

function verdictOf(own: readonly Finding[], isCut: boolean, isUnchecked: boolean): Verdict {
  if (own.some(({ witness }) => witness === undefined || witness.replayed)) return 'violated';
  if (own.length > 0) return 'possible';
  return isCut ? 'bounded' : isUnchecked ? 'unchecked' : 'holds';
}
