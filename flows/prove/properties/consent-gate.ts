import { error, type Issue } from '../../definition/issue.ts';
import { CONSENT_STATES } from '../../engine/consent/list-consent.ts';
import type { Purpose } from '../../engine/effects.ts';
import { gate, type GateQuestion } from '../../engine/gate.ts';
import { isSent } from '../notes.ts';
import type { Subject } from '../subject.ts';
import type { Property } from './property.ts';

/** The gate lets no marketing through without confirmed consent, and nothing unasked after STOP: tried in every state there is, and watched along every way of the flow. */
export const consentGate: Property = {
  id: 'consent-gate',
  promise: 'No marketing is sent without confirmed consent, and nothing unasked after STOP.',
  severity: 'error',
  owns: [],
  check(subject) {
    const leaks = leaksOf(gate).map((question) =>
      error('gate.leak', `The consent gate lets a ${question.purpose} text through that it must hold back.`),
    );
    return [...leaks, ...passedUnasked(subject)];
  },
};

const PURPOSES: readonly Purpose[] = ['reply', 'service', 'marketing', 'code', 'legal'];
const EITHER = [false, true] as const;

/** Every question that a gate answers with yes and must not. */
export function leaksOf(isRefused: (question: GateQuestion) => unknown): GateQuestion[] {
  const questions = PURPOSES.flatMap((purpose) =>
    CONSENT_STATES.flatMap((consent) =>
      EITHER.flatMap((stopped) =>
        EITHER.flatMap((frozen) =>
          EITHER.flatMap((answersMessage) =>
            EITHER.map(
              (tooYoung): GateQuestion => ({ purpose, consent, tooYoung, stopped, frozen, answersMessage }),
            ),
          ),
        ),
      ),
    ),
  );
  return questions.filter((question) => mustRefuse(question) && !isRefused(question));
}

function mustRefuse({ purpose, consent, tooYoung, stopped, frozen, answersMessage }: GateQuestion): boolean {
  const isAnswer = purpose === 'reply' && answersMessage;
  if (purpose === 'marketing' && (consent !== 'confirmed' || tooYoung || frozen)) return true;
  return stopped && !isAnswer;
}

function passedUnasked({ exploration, ground }: Subject): Issue[] {
  const nodes = new Set<string>();
  for (const { notes } of exploration.edges) {
    for (const note of notes) {
      if (!isSent(note) || note.purpose !== 'marketing') continue;
      if (note.consent !== 'confirmed' || note.tooYoung || note.stopped) nodes.add(note.node);
    }
  }
  return [...nodes].map((node) =>
    error('gate.leak', `${ground.drawing.name(node)} is sent without the consent it needs.`, { node }),
  );
}
