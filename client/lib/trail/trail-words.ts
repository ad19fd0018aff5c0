import { assertNever } from '#shared/assert-never.ts';
import type { WireTrailStep } from '#shared/api/runs.ts';
import { whyHeldBack } from '../held-back.ts';
import type { StepNames } from './step-names.ts';

/** A line of a run's history in words. `good`: it went on; `bad`: somebody should look at it. */
export interface TrailLine {
  words: string;
  tone: 'good' | 'warn' | 'bad' | 'quiet';
  /** The step it is about, for a link to the canvas. */
  node: string | null;
}

/** Says a line of the history as marketers would. */
export function trailLine(step: WireTrailStep, names: StepNames): TrailLine {
  switch (step.do) {
    case 'event':
      return { words: eventWords(step.type), tone: 'quiet', node: null };
    case 'pass':
      return { words: passWords(step, names), tone: 'good', node: step.to };
    case 'sent':
      return { words: `Sent the text of “${names.step(step.node)}”`, tone: 'good', node: step.node };
    case 'suppressed':
      return {
        words: `Held back the text of “${names.step(step.node)}”: ${whyHeldBack(step.reason)}.`,
        tone: 'warn',
        node: step.node,
      };
    case 'ignored':
      return { words: `${eventWords(step.type)}, which nothing here waited for`, tone: 'quiet', node: null };
    case 'late':
      return {
        words: `${eventWords(step.type)}, but too late: the conversation had moved on`,
        tone: 'quiet',
        node: null,
      };
    case 'unasked':
      return {
        words: 'The time to answer was over before the text had gone out, and begins again when it does',
        tone: 'warn',
        node: null,
      };
    case 'moved':
      return { words: `Moved from version ${step.from} to version ${step.to}`, tone: 'quiet', node: null };
    case 'failed':
      return { words: `It failed: ${step.error}`, tone: 'bad', node: null };
    case 'ended':
      return {
        words: outcomeWords(step.outcome),
        tone: ENDED_BADLY.has(step.outcome) ? 'warn' : 'good',
        node: null,
      };
    default:
      return assertNever(step);
  }
}

/** How a run ended, as a sentence. */
function outcomeWords(outcome: string): string {
  return OUTCOMES[outcome] ?? `Ended: ${outcome}`;
}

const isPlace = (node: string): boolean => !node.startsWith('$');

function passWords({ from, port, to }: { from: string; port: string; to: string }, names: StepNames): string {
  if (!isPlace(from)) return `Began with “${names.step(to)}”`;
  const way = `Left “${names.step(from)}” by “${names.port(from, port)}”`;
  return isPlace(to) ? `${way} to “${names.step(to)}”` : way;
}

function eventWords(type: string): string {
  const [family, ...rest] = type.split('.');
  const detail = rest.join('.');
  if (family === 'reply')
    return detail === 'other' ? 'The reply was none of the answers' : `The reply was read as “${detail}”`;
  if (family === 'dlr') return detail === 'failed' ? 'The text did not arrive' : 'The text arrived';
  if (family === 'event') return `“${detail}” happened`;
  return EVENTS[type] ?? type;
}

const EVENTS: Readonly<Record<string, string>> = {
  start: 'The conversation started',
  timeout: 'No reply came in time',
  resume: 'The question was asked again',
  interrupted: 'Another conversation came between',
  stop: 'STOP came',
  cancel: 'Somebody ended it by hand',
  'answer.delivery.delivered': 'The text arrived',
  'answer.delivery.failed': 'The text did not arrive',
  'answer.webhook.ok': 'The web address answered',
  'answer.webhook.error': 'The web address failed',
  'answer.webhook.timeout': 'The web address did not answer in time',
  'answer.email.sent': 'The e-mail was sent',
  'answer.email.failed': 'The e-mail could not be sent',
  'answer.email.not-configured': 'The e-mail was not sent: no mail server is set up',
};

const OUTCOMES: Readonly<Record<string, string>> = {
  completed: 'Came to its end',
  'not-reached': 'Ended because a text could not be sent',
  'dead-end': 'Ended where the drawing has no way on',
  stopped: 'Ended by STOP',
  cancelled: 'Ended by hand or for a new conversation',
  failed: 'Ended by a fault',
};

const ENDED_BADLY = new Set(['not-reached', 'dead-end', 'failed']);
