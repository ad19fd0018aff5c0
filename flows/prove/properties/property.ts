import type { Issue } from '../../definition/issue.ts';
import type { Ground } from '../ground.ts';
import type { Exploration } from '../explore.ts';
import type { Subject } from '../subject.ts';
import type { Witness } from '../witness.ts';
import type { ProofWorld } from '../world.ts';

/** Something found wrong, with the conversation that shows it where one does. */
export interface Found extends Issue {
  witness?: Witness;
}

/** Something that a proof says about a flow: a promise kept, or what breaks it. */
export interface Property {
  id: string;
  /** What holds where nothing is found. */
  promise: string;
  severity: Issue['severity'];
  /** The codes of `inspect` that say this promise is broken. `check` hands them back, with a witness where it has one. */
  owns: readonly string[];
  check: (subject: Subject) => Iterable<Found>;
  /** The lists that `check` looks at on their own. */
  asksAbout?: (ground: Ground) => Iterable<string>;
  /** It is broken by a conversation: one that was found before everything was explored breaks it for good. */
  isBrokenForGood?: boolean;
  /** It is broken by what cannot happen, so that keeping it takes an exploration with every fact in mind. */
  isAboutAbsence?: boolean;
  /** What could not be checked of the flow in this world, in a sentence. */
  unchecked?: (world: ProofWorld, ground: Ground) => string | null;
}

/** A property that `inspect` decides alone, from the drawing. */
export const drawn = ({ id, promise, severity, owns }: Omit<Property, 'check'>): Property => ({
  id,
  promise,
  severity,
  owns,
  check: ({ issues }) => issues.filter(({ code }) => owns.includes(code)),
});

/** Something found, with the conversation that shows it if there is one. */
export const shownBy = (issue: Issue, witness: Witness | null): Found =>
  witness ? { ...issue, witness } : issue;

/** An error where it was shown to happen, or where it is only not known that it cannot. What needs more than a text is a warning. */
export const severityBy = (witness: Witness, { isLoose }: Exploration): Issue['severity'] =>
  witness.replayed || isLoose ? 'error' : 'warning';

/** The issues of `inspect` with these codes. */
export const issuesOf = ({ issues }: Subject, codes: readonly string[]): Issue[] =>
  issues.filter(({ code }) => codes.includes(code));
