import type { Decision, Route } from '#flows/engine/world.ts';
import { whyHeldBack } from '../held-back.ts';

/** What the phone shows: a text of the person, a text of ours, or a remark on what the engine did and did not do. */
export type ChatLine =
  | { kind: 'said'; text: string; at: number }
  | { kind: 'heard'; text: string; at: number; node: string | null }
  | { kind: 'remark'; text: string; at: number };

/** The lines one decision adds to the chat, its texts first. */
export function linesOf(decision: Decision, at: number): ChatLine[] {
  const lines: ChatLine[] = [];
  for (const effect of decision.effects) {
    if (effect.kind === 'send') lines.push({ kind: 'heard', text: effect.text, at, node: effect.node });
  }
  for (const text of remarks(decision)) lines.push({ kind: 'remark', text, at });
  return lines;
}

const ENDED: Readonly<Record<string, string>> = {
  completed: 'The conversation ended.',
  'not-reached': 'The conversation ended because a text could not be sent.',
  'dead-end': 'The drawing has no way on from here.',
  stopped: 'STOP ended the conversation.',
  cancelled: 'The conversation was ended for a new one.',
};

function remarks({ route, trails }: Decision): string[] {
  const words = routeRemark(route);
  const found = words === null ? [] : [words];
  for (const step of trails.flatMap((trail) => trail.steps)) {
    if (step.do === 'suppressed') found.push(`A text was held back: ${whyHeldBack(step.reason)}.`);
    else if (step.do === 'failed') found.push(`This conversation failed: ${step.error}`);
    else if (step.do === 'ended' && ENDED[step.outcome]) found.push(ENDED[step.outcome] ?? '');
  }
  return found;
}

function routeRemark(route: Route): string | null {
  if (route.by === 'unmatched') return 'No keyword and no question took this text.';
  if (route.by === 'keyword' && route.resumed)
    return 'This conversation is already open, so its question is asked again.';
  return null;
}

/** Time between lines in words, for gaps of a minute and more: "24 hours later". Null where no time to speak of passed. */
export function gapWords(milliseconds: number): string | null {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return null;
  if (minutes < 120) return `${minutes} minute${minutes === 1 ? '' : 's'} later`;
  const hours = Math.round(minutes / 60);
  if (hours < 72) return `${hours} hours later`;
  return `${Math.round(hours / 24)} days later`;
}
