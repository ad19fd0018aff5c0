import { Injectable } from '@nestjs/common';
import type { Stream } from '#shared/api/common.ts';
import type { CodesQuery, Redeemed, RedeemCode, VoucherCode } from '#shared/api/vouchers.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { Problem } from '../../common/problem.ts';
import { Transactions } from '../../database/transactions.ts';
import { RedemptionTelling } from '../redemption-telling.ts';
import { Vouchers } from '../vouchers.service.ts';
import { type CodeRow, CodesRepository, type RedeemableCode } from './codes.repository.ts';

const PAGE = 1_000;

/** The codes of pools: looked through, and redeemed by shops. */
@Injectable()
export class VoucherCodes {
  constructor(
    private readonly vouchers: Vouchers,
    private readonly codes: CodesRepository,
    private readonly transactions: Transactions,
    private readonly telling: RedemptionTelling,
    private readonly clock: Clock,
  ) {}

  async list(me: Who, pool: string, query: CodesQuery): Promise<Stream<VoucherCode>> {
    await this.vouchers.mustExist(me, pool);
    const [, givenAt, number] = /^(\d*)-(\d+)$/.exec(query.before ?? '') ?? [];
    const before = number === undefined ? null : { givenAt: givenAt || null, number };
    const { size } = query;
    const found = await this.codes.page(me.workspaceId, pool, { ...query, before, size: size + 1 });
    const rows = found.slice(0, size);
    const last = found.length > size ? rows.at(-1) : undefined;
    return {
      items: rows.map(({ givenAt: _, number: __, ...row }) => toCode(row)),
      next: last ? `${last.givenAt ?? ''}-${last.number}` : null,
    };
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
