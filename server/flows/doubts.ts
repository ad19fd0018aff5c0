import type { Issue, Place } from '#flows/definition/issue.ts';
import { type Acceptance, once } from '#flows/prove/prove.ts';
import type { Doubt } from '#shared/api/flows.ts';

/**
 * What a version is published in spite of, each thing once, with the reason that somebody gave. Whatever could not be accepted has
 * kept it from being published before this is asked.
 */
export const doubtsOf = (findings: readonly Issue[], accepted: readonly Acceptance[]): Doubt[] =>
  once(findings).map(({ code, message, place }) => ({
    code,
    message,
    place,
    reason: reasonFor({ code, place }, accepted),
  }));

/** What is doubtful and nobody gave a reason for, each thing once. */
export const unexplained = <Found extends Issue>(
  findings: readonly Found[],
  accepted: readonly Acceptance[],
): Found[] => once(findings).filter((finding) => reasonFor(finding, accepted) === null);

const reasonFor = (
  { code, place }: Pick<Issue, 'code' | 'place'>,
  accepted: readonly Acceptance[],
): string | null =>
  accepted.find((one) => one.code === code && (!one.place || same(one.place, place)))?.reason ?? null;

const same = (a: Place, b: Place): boolean => a.node === b.node && a.port === b.port && a.path === b.path;

/** The same for whoever proves a version again: what was wanted once is wanted still. */
export const acceptedIn = (doubts: readonly Doubt[]): Acceptance[] =>
  doubts.map(({ code, place, reason }) => ({
    code,
    place,
    reason: reason ?? 'Known when it was published.',
  }));
