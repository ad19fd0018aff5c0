import type { TranscriptLine } from '../engine/transcript.ts';
import type { Edge, Exploration } from './explore.ts';
import { untilRest, type Wish, wayTo } from './paths.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';
import { type Given, givenSentences, scriptOf } from './script.ts';
import { seek } from './seek.ts';

/** A conversation that shows what is wrong. */
export interface Witness {
  lines: TranscriptLine[];
  /** What has to be true of the person before, in words that go on "This person …"; empty for somebody new. */
  given: string[];
  /** The same for programs. */
  person: Given;
  /** It was played with the engine and did happen. Otherwise it is possible, and no proof. */
  replayed: boolean;
}

/** What of it people are shown. */
export type ShownWitness = Pick<Witness, 'lines' | 'given' | 'replayed'>;

type Shows = (rehearsal: Rehearsal) => boolean;

/**
 * The shortest conversation that comes to a wanted step, played with the engine; null where there is none. `shows` says whether
 * what it is meant to show did happen.
 */
export function witnessOf(exploration: Exploration, wish: Wish, shows: Shows): Witness | null {
  const way = wayTo(exploration, wish);
  if (!way) return null;
  const first = witnessAlong(exploration, way, shows);
  if (first.replayed || !exploration.isLoose) return first;
  const consistent = seek(exploration, wish);
  return consistent ? witnessAlong(exploration, consistent, shows) : first;
}

/**
 * Plays a way through a flow and says whether what it is meant to show did happen. The way is gone on with until the run rests,
 * for a text that was sent but not yet answered cannot be seen.
 */
export function witnessAlong(exploration: Exploration, way: readonly Edge[], shows: Shows): Witness {
  const { ground } = exploration.scene;
  const last = way.at(-1);
  const script = scriptOf(last && last.to >= 0 ? [...way, ...untilRest(exploration, last)] : way, ground);
  const rehearsal = rehearse(script, ground.sender);
  return {
    lines: rehearsal.lines,
    given: givenSentences(script.given),
    person: script.given,
    replayed: script.unplayable === null && shows(rehearsal),
  };
}

/** Whether the runs went along this way out. */
export const passed = ({ trail }: Rehearsal, node: string, port: string): boolean =>
  trail.some((step) => step.do === 'pass' && step.from === node && step.port === port);

/** Whether a text of this node was held back. */
export const heldBack = ({ trail }: Rehearsal, node: string): boolean =>
  trail.some((step) => step.do === 'suppressed' && step.node === node);

/** Whether a text of this node was sent. */
export const sent = ({ trail }: Rehearsal, node: string): boolean =>
  trail.some((step) => step.do === 'sent' && step.node === node);

/** Whether the engine gave a run up. */
export const failed = ({ trail }: Rehearsal): boolean => trail.some((step) => step.do === 'failed');
