import type { TranscriptLine } from '../engine/transcript.ts';
import type { Edge, Exploration } from './explore.ts';
import type { Ground } from './ground.ts';
import { untilRest } from './paths.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';
import { type Given, givenSentences, scriptOf } from './script.ts';

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

/**
 * Plays a way through a flow and says whether what it is meant to show did happen. The way is gone on with until the run rests,
 * for a text that was sent but not yet answered cannot be seen.
 */
export function witness(
  ground: Ground,
  exploration: Exploration,
  path: readonly Edge[],
  shows: (rehearsal: Rehearsal) => boolean,
): Witness {
  const last = path.at(-1);
  const script = scriptOf(last ? [...path, ...untilRest(exploration, last)] : path, ground.sender);
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
export const heldBack = ({ trail }: Rehearsal, node: string, reason?: string): boolean =>
  trail.some((step) => step.do === 'suppressed' && step.node === node && (!reason || step.reason === reason));

/** Whether a text of this node was sent. */
export const sent = ({ trail }: Rehearsal, node: string): boolean =>
  trail.some((step) => step.do === 'sent' && step.node === node);

/** Whether the engine gave a run up. */
export const failed = ({ trail }: Rehearsal): boolean => trail.some((step) => step.do === 'failed');
