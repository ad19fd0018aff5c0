import { durationOf, durationWords } from '../../definition/duration.ts';
import { warning } from '../../definition/issue.ts';
import type { EffectRequest } from '../../engine/effects.ts';
import type { Property } from './property.ts';

const HOUR_SECONDS = 3_600;

/** A list says for how long its question may be answered; who answers the flow later is taken in all the same. */
export const questionLapses: Property = {
  id: 'question-lapses',
  promise: 'No question to join a list waits longer than that list lets people answer it.',
  severity: 'warning',
  owns: [],
  *check({ ground: { drawing, sender } }) {
    for (const [node, { requests }] of drawing.outlines) {
      const waits = longestWait(requests.map(({ request }) => request));
      for (const list of asked(requests.map(({ request }) => request))) {
        const hours = sender.lists.get(list)?.asksHours;
        if (hours == null || waits <= hours * HOUR_SECONDS) continue;
        yield warning(
          'opt-in.late',
          `${drawing.name(node)} waits ${inWords(waits)} for an answer, and the question to join “${list}” lapses after ${inWords(hours * HOUR_SECONDS)}: a later YES would still join. Wait less long, or let the list ask for longer.`,
          { node, path: 'config.timeout' },
        );
      }
    }
  },
  unchecked: ({ lists }, { lists: touched }) =>
    lists || touched.size === 0 ? null : 'Late answers: no list is known to let its question lapse.',
};

const asked = (requests: readonly EffectRequest[]): Set<string> =>
  new Set(
    requests.flatMap((request) =>
      request.kind === 'subscribe' && request.proof === 'asked' ? [request.list] : [],
    ),
  );

/** In seconds; 0 where nothing is waited for. */
const longestWait = (requests: readonly EffectRequest[]): number =>
  Math.max(0, ...requests.map((request) => (request.kind === 'wake' ? request.afterSeconds : 0)));

const inWords = (seconds: number): string => durationWords(durationOf(seconds));
