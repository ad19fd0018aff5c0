import type { Issue, Place } from '#flows/definition/issue.ts';
import type { Acceptance } from '#flows/prove/prove.ts';
import type { Doubt } from '#shared/api/flows.ts';

/**
 * What a version is published in spite of, each thing once, with the reason that somebody gave. Whatever could not be accepted has
 * kept it from being published before this is asked.
 */
export function doubtsOf(findings: readonly Issue[], accepted: readonly Acceptance[]): Doubt[] {
  const doubts = new Map<string, Doubt>();
  for (const { code, message, place } of findings) {
    const found = accepted.find((one) => one.code === code && (!one.place || same(one.place, place)));
    doubts.set(JSON.stringify([code, message, place.node, place.port, place.path]), {
      code,
      message,
      place,
      reason: found?.reason ?? null,
    });
  }
  return [...doubts.values()];
}

const same = (a: Place, b: Place): boolean => a.node === b.node && a.port === b.port && a.path === b.path;
