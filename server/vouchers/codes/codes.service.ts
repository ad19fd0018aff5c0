import { Injectable } from '@nestjs/common';
import type { Page } from '#shared/api/common.ts';
import type { ProblemIssue } from '#shared/api/problem.ts';
import {
  type CodesAdded,
  type CodesQuery,
  type GenerateCodes,
  MOST_CODES,
  type Redeemed,
  type RedeemCode,
  type VoucherCode,
} from '#shared/api/vouchers.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { Problem } from '../../common/problem.ts';
import { Turn } from '../../common/turn.ts';
import { Transactions } from '../../database/transactions.ts';
import { RedemptionTelling } from '../redemption-telling.ts';
import { type InWorkspace, Vouchers } from '../vouchers.service.ts';
import { type CodeRow, CodesRepository, type RedeemableCode, type WrongLine } from './codes.repository.ts';
import { leastLength, makeCodes } from './make-codes.ts';
import { readCodes } from './read-codes.ts';

const PAGE = 1_000;
/** So many codes are made at a time. */
const CHUNK = 5_000;

/** The codes of pools: loaded or made, looked through, and redeemed by shops. */
@Injectable()
export class VoucherCodes {
  constructor(
    private readonly vouchers: Vouchers,
    private readonly codes: CodesRepository,
    private readonly transactions: Transactions,
    private readonly telling: RedemptionTelling,
    private readonly clock: Clock,
  ) {}

  async page(me: Who, pool: string, { page, size, ...filter }: CodesQuery): Promise<Page<VoucherCode>> {
    await this.vouchers.mustExist(me, pool);
    const total = await this.codes.count(me.workspaceId, pool, filter);
    const rows = await this.codes.page(me.workspaceId, pool, filter, { page, size });
    return { items: rows.map(toCode), total };
  }

  /** Every code, read page by page. */
  async *all(me: Who, pool: string): AsyncGenerator<CodeRow> {
    await this.vouchers.mustExist(me, pool);
    for (let after = ''; ; ) {
      const rows = await this.codes.after(me.workspaceId, pool, after, PAGE);
      yield* rows;
      after = rows.at(-1)?.code ?? after;
      if (rows.length < PAGE) return;
    }
  }

  /** Takes all codes of a text, or none where one of them cannot be taken. */
  load(me: Who, pool: string, text: string): Promise<CodesAdded> {
    return this.vouchers.hold(me, pool, async () => {
      await this.codes.begin();
      let lines = 0;
      for await (const some of readCodes(text)) {
        lines += some.length;
        if (lines > MOST_CODES) {
          const sentence = 'These are more than 1,000,000 codes. Load them in several files.';
          throw Problem.unprocessable('voucher.too-many', sentence, { place: 'text' });
        }
        await this.codes.put(some);
      }
      if (lines === 0) {
        throw Problem.unprocessable('voucher.no-codes', 'There is no code in it.', { place: 'text' });
      }
      const { total, first } = await this.codes.wrong(me.workspaceId, pool);
      if (total > 0) throw wrongLines(lines, total, first);
      return { added: await this.codes.take(me.workspaceId, pool) };
    });
  }

  /** Adds codes that nobody guesses. */
  generate(me: InWorkspace, pool: string, { count, prefix, length }: GenerateCodes): Promise<CodesAdded> {
    const least = leastLength(count);
    if (length < least) {
      const sentence = `Of ${count} such codes somebody finds one by trying. Make them ${least} letters long at least.`;
      throw Problem.unprocessable('voucher.too-short', sentence, { place: 'length' });
    }
    return this.vouchers.hold(me, pool, async () => {
      const turn = new Turn();
      let added = 0;
      while (added < count) {
        const some = makeCodes(Math.min(CHUNK, count - added), prefix, length);
        added += await this.codes.add(me.workspaceId, pool, some);
        if (turn.isOver) await turn.next();
      }
      return { added };
    });
  }

  /** Writes down that a code was used. A second time says so, and changes nothing. */
  async redeem(me: Who, pool: string, { code, at }: RedeemCode): Promise<Redeemed> {
    const now = this.clock.now();
    const used = at === undefined ? now : Date.parse(at);
    if (used > now) {
      throw Problem.unprocessable('voucher.time', 'That is still to come. Say when it was redeemed.', {
        place: 'at',
      });
    }
    await this.vouchers.mustExist(me, pool);
    const when = new Date(used);
    const before = await this.transactions.run(async () => {
      const found = mustBeRedeemable(await this.codes.hold(me.workspaceId, pool, code, when));
      if (found.redeemedAt === null) await this.codes.redeem(me.workspaceId, pool, code, when, new Date(now));
      return found.redeemedAt;
    });
    if (before !== null) return { code, outcome: 'already', redeemedAt: before.toISOString() };
    this.vouchers.tell(me);
    this.telling.nudge();
    return { code, outcome: 'redeemed', redeemedAt: when.toISOString() };
  }
}

function mustBeRedeemable(code: RedeemableCode | null): RedeemableCode {
  const place = { place: 'code' };
  if (code === null)
    throw Problem.notFound('voucher.unknown-code', 'There is no such code in this pool.', place);
  if (code.redeemedAt !== null) return code;
  const wasGiven = code.state === 'sent' || (code.state === 'reserved' && code.mayBeSeen);
  if (!wasGiven) throw Problem.conflict('voucher.not-sent', 'This code was not sent to anybody yet.', place);
  if (code.isOver) throw Problem.conflict('voucher.expired', 'The last day of this code is over.', place);
  return code;
}

const WRONG: Readonly<Record<WrongLine['wrong'], (words: string) => string>> = {
  unreadable: (words) => (words === '' ? 'has no code' : `“${words}” is no code`),
  twice: (words) => `“${words}” stands in an earlier line already`,
  known: (words) => `“${words}” is in the pool already`,
};

function wrongLines(lines: number, total: number, first: readonly WrongLine[]): Problem {
  const issues = first.map(
    ({ line, words, wrong }): ProblemIssue => ({
      code: `voucher-code.${wrong}`,
      place: `text.${line}`,
      message: `Line ${line}: ${WRONG[wrong](words)}.`,
    }),
  );
  const sentence = `${total} of ${lines} lines cannot be taken, so none was. The first: ${issues[0]?.message ?? ''}`;
  return Problem.unprocessable('voucher.codes-wrong', sentence, { place: 'text', issues });
}

const toCode = ({
  contactId,
  phone,
  name,
  reservedAt,
  sentAt,
  redeemedAt,
  ...code
}: CodeRow): VoucherCode => ({
  ...code,
  contact: contactId === null || phone === null ? null : { id: contactId, phone, name },
  reservedAt: reservedAt?.toISOString() ?? null,
  sentAt: sentAt?.toISOString() ?? null,
  redeemedAt: redeemedAt?.toISOString() ?? null,
});
