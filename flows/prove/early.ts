import type { Finding } from './finding.ts';
import { PROPERTIES } from './properties/index.ts';
import type { Property } from './properties/property.ts';
import type { Subject } from './subject.ts';

/**
 * What is certain before everything was explored: a conversation that was played and breaks a promise breaks it whatever else is
 * found. What cannot happen is not known before the end, and the exploration must not be loose.
 */
export function* foundForGood(soFar: Omit<Subject, 'about'>): Generator<Finding> {
  const subject = { ...soFar, about: () => soFar.exploration };
  for (const { id, check } of BREAKABLE) {
    for (const found of check(subject)) if (found.witness?.replayed) yield { ...found, property: id };
  }
}

const BREAKABLE = PROPERTIES.filter(({ isBrokenForGood }: Property) => isBrokenForGood);
