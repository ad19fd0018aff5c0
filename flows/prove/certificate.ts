import { COUNTRIES } from '#shared/sms/countries/index.ts';
import { GATEWAY_WORDS } from '#shared/sms/gateway-words.ts';
import { REVOCATION_WORDS } from '#shared/sms/revocation-words.ts';
import { LANGUAGE_WORDS } from '#shared/sms/language-words.ts';
import { ENGINE_REVISION } from '../engine/compile.ts';
import { hashOf } from './hash/definition-hash.ts';
import { PROPERTIES } from './properties/index.ts';
import type { ProofWorld } from './world.ts';

/** Bumped when the same flow in the same world could be judged otherwise. */
const PROOF_REVISION = 5;

/** How a promise stands: `possible` where what breaks it could not be replayed, `bounded` where not everything was explored, or not exactly enough to tell. */
export type Verdict = 'holds' | 'violated' | 'possible' | 'bounded' | 'unchecked';

/** What was proved, about what, and under which rules: kept with a published version. */
export interface Certificate {
  /** Of everything in the definition but the layout. */
  definitionHash: string;
  /** Of the engine's revision, the properties, the words that countries, languages and gateways reserve, and those that mean STOP. */
  rulesHash: string;
  worldHash: string;
  results: { property: string; verdict: Verdict; accepted: { code: string; reason: string }[] }[];
  states: number;
  transitions: number;
  /** How deep the exploration came where it was cut short, in texts and waits. */
  bounded: { depth: number } | null;
  /** Every fact was kept in mind. Otherwise more was explored than can happen, which proves no less but takes longer to refute. */
  exact: boolean;
}

/** A certificate holds in any world with the same hash. */
export const worldHash = (world: ProofWorld): string => hashOf(world);

let rules: string | null = null;

export function rulesHash(): string {
  rules ??= hashOf([
    PROOF_REVISION,
    ENGINE_REVISION,
    PROPERTIES.map(({ id }) => id),
    COUNTRIES,
    LANGUAGE_WORDS,
    GATEWAY_WORDS,
    REVOCATION_WORDS,
  ]);
  return rules;
}
