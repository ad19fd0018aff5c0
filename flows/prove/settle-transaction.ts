import { type EffectRequest, TRANSACTION_OUTCOMES, type TransactionOutcome } from '../engine/effects.ts';
import { contestFact, type Fork, voucherFact } from './facts.ts';
import type { Scene } from './scene.ts';
import type { Settled } from './settled.ts';

type Outcomes = Readonly<Record<string, readonly TransactionOutcome[]>>;

/** Settles what the shell answers inside the transaction, in every way it can; what nobody answers needs no settling. */
export function settleInTransaction(
  request: EffectRequest,
  node: string,
  fork: Fork,
  scene: Scene,
): Settled[] {
  if (request.kind === 'enter-contest') return enterContest(request.contest, node, fork, scene);
  if (request.kind === 'claim-voucher') return claimVoucher(request.pool, node, fork, scene);
  const outcomes: Outcomes = TRANSACTION_OUTCOMES;
  const own = Object.hasOwn(outcomes, request.kind) ? outcomes[request.kind] : undefined;
  if (!own) return [{ fork, next: null, note: null }];
  return own.map((outcome) => ({
    fork,
    next: { type: `answer.${request.kind}.${outcome}` },
    note: { do: 'outcome', node, outcome },
  }));
}

/** Who has entered stays entered, and a contest that is over stays over. */
function enterContest(contest: string, node: string, fork: Fork, { table, person }: Scene): Settled[] {
  const fact = contestFact(contest);
  const before = table.get(fork.facts, fact);
  const isNew = person === 'newcomer' && table.tracks(fact);
  const outcomes = TRANSACTION_OUTCOMES['enter-contest'].filter((outcome) => {
    if (before === 'closed') return outcome === 'closed';
    if (before === undefined) return !isNew || outcome !== 'already';
    return outcome === 'already' || (outcome === 'closed' && !isNew);
  });
  return outcomes.map((outcome) => ({
    fork: {
      facts: table.set(fork.facts, fact, outcome === 'closed' ? 'closed' : 'entered'),
      assumed: before === undefined ? [...fork.assumed, { fact, value: outcome, sure: true }] : fork.assumed,
    },
    next: { type: `answer.enter-contest.${outcome}` },
    note: { do: 'outcome', node, outcome },
  }));
}

/** Whoever has a code may get it again or another one, as its pool has it, and a pool runs out and is filled again. */
function claimVoucher(pool: string, node: string, fork: Fork, { table, person }: Scene): Settled[] {
  const fact = voucherFact(pool);
  const before = table.get(fork.facts, fact);
  const isNew = person === 'newcomer' && table.tracks(fact);
  const outcomes = TRANSACTION_OUTCOMES['claim-voucher'].filter(
    (outcome) => before !== undefined || !isNew || outcome !== 'had',
  );
  return outcomes.map((outcome) => ({
    fork:
      before === undefined
        ? {
            facts: table.set(fork.facts, fact, outcome),
            assumed: [...fork.assumed, { fact, value: outcome, sure: true }],
          }
        : fork,
    next: { type: `answer.claim-voucher.${outcome}` },
    note: { do: 'outcome', node, outcome },
  }));
}
