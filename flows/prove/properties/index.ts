import { ageAsked } from './age-asked.ts';
import { answerChosen } from './answer-chosen.ts';
import { armGoal } from './arm-goal.ts';
import { burst } from './burst.ts';
import { collision } from './collision.ts';
import { consentGate } from './consent-gate.ts';
import { deadEnd } from './dead-end.ts';
import { doubleOptIn } from './double-opt-in.ts';
import { endlessRetry } from './endless-retry.ts';
import { endlessRound } from './endless-round.ts';
import { firstText } from './first-text.ts';
import { flowsInside } from './flows-inside.ts';
import { joinAsked } from './join-asked.ts';
import { marketingAnswered } from './marketing-answered.ts';
import { offeredWord } from './offered-word.ts';
import { oneWaySender } from './one-way-sender.ts';
import { partsInBudget } from './parts-in-budget.ts';
import type { Property } from './property.ts';
import { questionLapses } from './question-lapses.ts';
import { reachable } from './reachable.ts';
import { replyAnswers } from './reply-answers.ts';
import { reservedWord } from './reserved-word.ts';
import { translated } from './translated.ts';
import { unsetVariable } from './unset-variable.ts';
import { waitEnds } from './wait-ends.ts';

/** Everything a proof says about a flow, errors first. A new property is its file, a line here, and a flow that breaks it in the tests. */
export const PROPERTIES = [
  deadEnd,
  endlessRound,
  endlessRetry,
  unsetVariable,
  marketingAnswered,
  consentGate,
  doubleOptIn,
  ageAsked,
  joinAsked,
  replyAnswers,
  oneWaySender,
  reservedWord,
  collision,
  flowsInside,
  armGoal,
  reachable,
  answerChosen,
  waitEnds,
  questionLapses,
  burst,
  partsInBudget,
  translated,
  firstText,
  offeredWord,
] as const satisfies readonly Property[];
