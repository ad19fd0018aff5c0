import type { PoolClient } from 'pg';
import type { TransactionAnswer, TransactionRequest } from '#flows/engine/effects.ts';
import { assertNever } from '#shared/assert-never.ts';
import { claimVouchers } from './settling/claim-vouchers.ts';
import { enterContests } from './settling/enter-contests.ts';
import type { ContestEntry, OpenRequest, VoucherClaim, WindowCheck } from './settling/open-request.ts';
import { windows } from './settling/windows.ts';

type Kind = TransactionRequest['kind'];

/** Settles a round of requests of a whole batch, one statement a kind. Answers in the order of the requests. */
export async function settleRequests(
  client: PoolClient,
  open: readonly OpenRequest[],
): Promise<TransactionAnswer[]> {
  const answers = new Map<OpenRequest, TransactionAnswer>();
  const kinds = new Set(open.map(({ request }) => request.kind));
  for (const kind of kinds) {
    const settled = await settleKind(client, kind, open);
    for (const [request, answer] of settled) answers.set(request, answer);
  }
  return open.flatMap((request) => answers.get(request) ?? []);
}

async function settleKind(
  client: PoolClient,
  kind: Kind,
  open: readonly OpenRequest[],
): Promise<[OpenRequest, TransactionAnswer][]> {
  switch (kind) {
    case 'enter-contest': {
      const entries = open.filter(isEntry);
      return paired(entries, await enterContests(client, entries));
    }
    case 'claim-voucher': {
      const claims = open.filter(isClaim);
      return paired(claims, await claimVouchers(client, claims));
    }
    case 'window': {
      const asked = open.filter(isWindow);
      return paired(asked, windows(asked));
    }
    default:
      return assertNever(kind);
  }
}

const isEntry = (open: OpenRequest): open is ContestEntry => open.request.kind === 'enter-contest';
const isClaim = (open: OpenRequest): open is VoucherClaim => open.request.kind === 'claim-voucher';
const isWindow = (open: OpenRequest): open is WindowCheck => open.request.kind === 'window';

const paired = (
  open: readonly OpenRequest[],
  answers: readonly TransactionAnswer[],
): [OpenRequest, TransactionAnswer][] =>
  open.flatMap((one, index): [OpenRequest, TransactionAnswer][] => {
    const answer = answers[index];
    return answer ? [[one, answer]] : [];
  });
