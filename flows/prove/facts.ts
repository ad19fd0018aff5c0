import type { Variables } from '../engine/condition.ts';
import type { ConsentState, Scalar } from '../engine/effects.ts';
import type { Domains } from './domains.ts';

/**
 * What is known of a person while a flow is explored, by the name of the fact: `list news`, `stopped`, `arm offer`,
 * `contest draw`, or a variable such as `contact.city`. A fact that nobody has asked about yet is missing: it can be anything.
 */
export type Facts = ReadonlyMap<string, Scalar>;

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

export const listFact = (list: string): string => `list ${list}`;
export const armFact = (experiment: string): string => `arm ${experiment}`;
export const contestFact = (contest: string): string => `contest ${contest}`;
export const STOPPED = 'stopped';

/** Marks a variable that the flow has set to something that cannot be foretold. */
export const unforetold = (variable: string): string => `? ${variable}`;

const CONSENTS: readonly ConsentState[] = ['none', 'confirmed', 'pending', 'revoked'];

/**
 * Whom a flow is explored with. `anyone`: every state of consent and every earlier history. `newcomer`: somebody without a
 * history, who may text the keyword again; what such a person does can be played on a phone without being told anything.
 */
export type Person = 'anyone' | 'newcomer';

/** What an unknown fact may turn out to be, the most ordinary first. */
export function possibilities(fact: string, person: Person, domains: Domains): readonly Scalar[] {
  if (fact === STOPPED) return person === 'anyone' ? [false, true] : [false];
  if (fact.startsWith('list ')) return person === 'anyone' ? CONSENTS : CONSENTS.slice(0, 1);
  if (fact.startsWith('answers.')) return [null];
  return domains.get(fact)?.values ?? [null];
}

/** The ways an unknown fact may stand; just this one where it is known. */
export function wonder(fork: Fork, fact: string, values: readonly Scalar[]): Fork[] {
  if (fork.facts.has(fact)) return [fork];
  const sure = !fork.facts.has(unforetold(fact));
  return values.map((value) => ({
    facts: learn(fork.facts, fact, value),
    assumed: fact.startsWith('answers.') ? fork.assumed : [...fork.assumed, { fact, value, sure }],
  }));
}

/** The facts with one of them changed. */
export function learn(facts: Facts, fact: string, value: Scalar): Facts {
  const known = facts.get(fact);
  if (known === value && (value !== null || facts.has(fact))) return facts;
  return new Map(facts).set(fact, value);
}

/** The facts with a variable whose new value cannot be foretold. */
export function forget(facts: Facts, variable: string): Facts {
  const changed = new Map(facts).set(unforetold(variable), true);
  changed.delete(variable);
  return changed;
}

/** The variables conditions read, from the facts that are known. */
export function variablesFrom(facts: Facts, brand: string): Variables {
  const spaces: Record<'contact' | 'answers' | 'run', Record<string, Scalar>> = {
    contact: {},
    answers: {},
    run: {},
  };
  for (const [fact, value] of facts) {
    const [space, name = ''] = fact.split('.');
    if (space === 'contact' || space === 'answers' || space === 'run') spaces[space][name] = value;
  }
  return { ...spaces, program: { brand } };
}
