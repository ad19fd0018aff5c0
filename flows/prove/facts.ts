import type { ConsentState, Scalar } from '../engine/effects.ts';
import { CONSENT_STATES } from '../engine/consent/list-consent.ts';
import { consentAfterJoining, gate } from '../engine/gate.ts';
import type { Domains } from './domains.ts';

/** What facts are called in a table: how the consent to a list stands. */
export const listFact = (list: string): string => `list ${list}`;
/** The arm an experiment has given the person. */
export const armFact = (experiment: string): string => `arm ${experiment}`;
/** Whether the person has entered a contest, or it is over. */
export const contestFact = (contest: string): string => `contest ${contest}`;
/** What the person met first at a pool of vouchers. */
export const voucherFact = (pool: string): string => `voucher ${pool}`;
/** Whether the person answered to be so many years old, or more. */
export const ageFact = (years: number): string => `age ${years}`;
/** Whether the person has stopped the sender. */
export const STOPPED = 'stopped';
/** Whether the person has said nothing to the run: a campaign or the API began it, and no answer of theirs was understood yet. */
export const UNASKED = 'unasked';

/**
 * What is known of a person while a flow is explored: a character for each fact of a table. A fact that nobody has asked about
 * yet is unknown: it can be anything.
 */
export type Facts = string;

/** A fact that was taken for granted when the flow asked. It is not `sure` where the flow itself had a hand in it. */
export interface Assumption {
  fact: string;
  value: Scalar;
  sure: boolean;
}

/** One of several ways things may stand. */
export interface Fork {
  facts: Facts;
  assumed: readonly Assumption[];
}

/** A fork in which a fact has this value. */
export interface Guess extends Fork {
  value: Scalar;
}

const UNKNOWN = '\u0000';
/** Set by the flow to something that cannot be foretold. */
const UNFORETOLD = '\u0001';
const FIRST_CLASS = 2;

/**
 * The facts that are kept track of, and how values are told apart: by class, where values of one class make no difference to
 * anything a flow can ask. Facts outside the table are asked about anew each time, which takes more to be possible, never less.
 */
export class FactTable {
  readonly nothing: Facts;
  readonly names: readonly string[];
  private readonly columns: Column[];
  private readonly places: ReadonlyMap<string, number>;
  private foresaw = true;
  /** Null where all facts are kept. */
  private readonly masks = new WeakMap<readonly string[], boolean[] | null>();

  constructor(
    names: Iterable<string>,
    private readonly domains: Domains,
  ) {
    const unique = [...new Set(names)];
    this.names = unique;
    this.places = new Map(unique.map((name, at) => [name, at]));
    this.columns = unique.map((name) => this.columnOf(name));
    this.nothing = UNKNOWN.repeat(unique.length);
  }

  /** Of all values that were met, the one that stands for others like it was known before, so that it does not depend on what was met first. */
  get isForeseen(): boolean {
    return this.foresaw;
  }

  /** The value of a fact, or undefined while it is unknown. Of values in one class, always the same. */
  get(facts: Facts, name: string): Scalar | undefined {
    const at = this.places.get(name);
    return at === undefined ? undefined : this.columns[at]?.values[facts.charCodeAt(at) - FIRST_CLASS];
  }

  set(facts: Facts, name: string, value: Scalar): Facts {
    const at = this.places.get(name);
    const column = at === undefined ? undefined : this.columns[at];
    if (at === undefined || !column) return facts;
    const found = column.classOf(value);
    let number = column.classes.get(found);
    if (number === undefined) {
      number = column.values.length;
      if (column.isForeseen) this.foresaw = false;
      column.classes.set(found, number);
      column.values.push(value);
    }
    return put(facts, at, String.fromCharCode(number + FIRST_CLASS));
  }

  /** Whether nothing tells these values of a fact apart. */
  alike(name: string, one: Scalar, other: Scalar): boolean {
    const column = this.columns[this.places.get(name) ?? -1];
    return column === undefined || column.classOf(one) === column.classOf(other);
  }

  /** A new value that cannot be foretold. */
  forget(facts: Facts, name: string): Facts {
    const at = this.places.get(name);
    return at === undefined ? facts : put(facts, at, UNFORETOLD);
  }

  clear(facts: Facts, isGone: (name: string) => boolean): Facts {
    let after = facts;
    for (const [name, at] of this.places) if (isGone(name)) after = put(after, at, UNKNOWN);
    return after;
  }

  /** Whether this fact is kept in mind once it is known. */
  tracks(name: string): boolean {
    return this.places.has(name);
  }

  /** The ways an unknown fact may stand; just this one where it is known. */
  wonder(fork: Fork, name: string, values: readonly Scalar[]): Guess[] {
    const known = this.get(fork.facts, name);
    if (known !== undefined) return [{ ...fork, value: known }];
    const at = this.places.get(name);
    const sure = at === undefined || fork.facts.charAt(at) !== UNFORETOLD;
    return values.map((value) => ({
      facts: this.set(fork.facts, name, value),
      assumed: name.startsWith('answers.') ? fork.assumed : [...fork.assumed, { fact: name, value, sure }],
      value,
    }));
  }

  /** Only what one of these facts says. */
  only(facts: Facts, names: readonly string[]): Facts {
    let mask = this.masks.get(names);
    if (mask === undefined) {
      const kept = new Set(names);
      mask = this.names.every((name) => kept.has(name)) ? null : this.names.map((name) => kept.has(name));
      this.masks.set(names, mask);
    }
    if (mask === null) return facts;
    let after = '';
    for (let at = 0; at < facts.length; at++) after += mask[at] ? facts.charAt(at) : UNKNOWN;
    return after;
  }

  /** Where classes have several values, those that stand for them come first. What language a person speaks is told from the word itself. */
  private columnOf(name: string): Column {
    const domain = this.domains.get(name);
    const isList = name.startsWith('list ');
    const classOf = isList ? consentClass : (domain?.classOf ?? String);
    const column: Column = {
      classOf,
      values: [],
      classes: new Map(),
      isForeseen: isList || domain !== undefined,
    };
    if (name === 'contact.language') return column;
    for (const value of isList ? CONSENT_KINDS : (domain?.values ?? [])) {
      column.classes.set(classOf(value), column.values.length);
      column.values.push(value);
    }
    return column;
  }
}

const consentClass = (value: Scalar): string => CONSENT_CLASSES.get(String(value)) ?? String(value);

interface Column {
  classOf: (value: Scalar) => string;
  values: Scalar[];
  classes: Map<string, number>;
  /** Its classes have several values each. */
  isForeseen: boolean;
}

const put = (facts: Facts, at: number, character: string): Facts =>
  facts.charAt(at) === character ? facts : facts.slice(0, at) + character + facts.slice(at + 1);

/** States of consent that gate and lists answer alike, found by asking both everything. */
const CONSENT_CLASSES: ReadonlyMap<string, string> = new Map(
  CONSENT_STATES.map((consent) => {
    const either = [false, true];
    const gated = either.flatMap((stopped) =>
      either.flatMap((frozen) =>
        either.flatMap((answersMessage) =>
          (['reply', 'service', 'marketing', 'code', 'legal'] as const).flatMap((purpose) =>
            either.map((tooYoung) => gate({ purpose, consent, tooYoung, stopped, frozen, answersMessage })),
          ),
        ),
      ),
    );
    const joined = (['single', 'double'] as const).flatMap((optIn) =>
      (['asked', 'single', 'double'] as const).flatMap((proof) =>
        either.map((tooYoung) => consentAfterJoining(consent, { optIn }, proof, tooYoung)),
      ),
    );
    return [consent, [...gated, ...joined].join(' ')];
  }),
);

/** One state of consent of each class, `none` first. */
export const CONSENT_KINDS: readonly ConsentState[] = CONSENT_STATES.filter(
  (consent, at) =>
    CONSENT_STATES.findIndex((one) => CONSENT_CLASSES.get(one) === CONSENT_CLASSES.get(consent)) === at,
);
