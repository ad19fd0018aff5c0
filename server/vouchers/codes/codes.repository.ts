import { Injectable } from '@nestjs/common';
import type { CodeState, CodesQuery } from '#shared/api/vouchers.ts';
import { bind } from '../../database/bind.ts';
import { contactNameSql } from '../../database/contact-name.ts';
import { inGoodTime, type TooWide } from '../../database/in-good-time.ts';
import { isOver } from '../../database/last-day.ts';
import { searched } from '../../database/search-text.ts';
import { Transactions } from '../../database/transactions.ts';

/** A code as it is stored, with who has it. */
export interface CodeRow {
  code: string;
  state: CodeState;
  contactId: string | null;
  phone: string | null;
  name: string | null;
  runId: string | null;
  reservedAt: Date | null;
  sentAt: Date | null;
  redeemedAt: Date | null;
}

/** A code that somebody wants to redeem. */
export interface RedeemableCode {
  state: CodeState;
  redeemedAt: Date | null;
  /** Whether a text that carries it went out, or may have. */
  mayBeSeen: boolean;
  isOver: boolean;
}

/** Where a code is in the list: when it was given, in microseconds, null where it was not, and its number. */
export interface CodePlace {
  givenAt: string | null;
  number: string;
}
export type PlacedCode = CodeRow & CodePlace;

const TOO_WIDE: TooWide = {
  code: 'voucher.search-too-wide',
  message: 'There are too many codes to find these in time. Search for how a code begins.',
};

/** Reads and writes the codes of pools. */
@Injectable()
export class CodesRepository {
  constructor(private readonly transactions: Transactions) {}

  private get manager() {
    return this.transactions.manager;
  }

  /** Those given last first, then those to be given next. `before`: where a page has ended. */
  page(
    workspaceId: string,
    pool: string,
    { search, state, before, size }: Omit<CodesQuery, 'before'> & { before: CodePlace | null },
  ): Promise<PlacedCode[]> {
    const values: unknown[] = [workspaceId, pool];
    const met = search ? `and ${conditions(search, values)}` : '';
    const parts: string[] = [];
    const most = bind(values, size);
    const found = `select v.* from voucher_codes v ${search ? PERSON : ''} where v.workspace_id = $1 and v.pool = $2`;
    if (state !== 'available' && (before === null || before.givenAt !== null)) {
      const where = [
        `v.${state ? `state <> 'available' and v.state = ${bind(values, state)}` : 'reserved_at is not null'}`,
      ];
      if (before)
        where.push(
          `(v.reserved_at, v.number) < (${MOMENT(bind(values, before.givenAt))}, ${bind(values, before.number)}::bigint)`,
        );
      parts.push(
        `(${found} and ${where.join(' and ')} ${met} order by v.reserved_at desc, v.number desc limit ${most})`,
      );
    }
    if (state === undefined || state === 'available') {
      const after = before?.givenAt === null ? `and v.number > ${bind(values, before.number)}::bigint` : '';
      parts.push(`(${found} and v.state = 'available' ${after} ${met} order by v.number limit ${most})`);
    }
    // People are looked up for the codes that a page shows, and not for all before it.
    const sql = `select ${CODE}, (extract(epoch from v.reserved_at) * 1000000)::bigint::text as "givenAt", v.number::text as number
      from (${parts.join(' union all ')}) v ${PERSON}
      order by v.reserved_at desc nulls last, case when v.reserved_at is null then -v.number else v.number end desc limit ${most}`;
    return inGoodTime(this.transactions, sql, values, search ? TOO_WIDE : null);
  }

  /** Codes behind one, by their letters. */
  after(workspaceId: string, pool: string, code: string, size: number): Promise<CodeRow[]> {
    return this.manager.query(
      `select ${CODE} from voucher_codes v ${PERSON} where v.workspace_id = $1 and v.pool = $2 and v.code > $3 order by v.code limit $4`,
      [workspaceId, pool, code, size],
    );
  }

  /** The code, held until the transaction ends; null where there is none. `at`: when it is redeemed. */
  async hold(workspaceId: string, pool: string, code: string, at: Date): Promise<RedeemableCode | null> {
    const [row]: RedeemableCode[] = await this.manager.query(
      `select v.state, v.redeemed_at as "redeemedAt",
         ${isOver('p', 'w', '$4')} as "isOver",
         exists (
           select 1 from outbound m where m.workspace_id = v.workspace_id and m.id = any(v.texts)
             and (m.sent_at is not null or m.status <> 'queued' and not m.never_left)) or exists (
           select 1 from outbox o where o.workspace_id = v.workspace_id and o.contact_id = v.contact_id
             and o.message_id = any(v.texts) and o.attempts > 0) as "mayBeSeen"
       from voucher_codes v
       join voucher_pools p on p.workspace_id = v.workspace_id and p.key = v.pool
       join workspaces w on w.id = v.workspace_id
       where v.workspace_id = $1 and v.pool = $2 and v.code = $3 for update of v`,
      [workspaceId, pool, code, at],
    );
    return row ?? null;
  }

  /** `now`: from when on the conversations of its person are to be told. */
  async redeem(workspaceId: string, pool: string, code: string, at: Date, now: Date): Promise<void> {
    await this.manager.query(
      `update voucher_codes set state = 'redeemed', redeemed_at = $4, sent_at = coalesce(sent_at, $4),
         tell_at = case when contact_id is not null then $5::timestamptz end, ${SETTLED}
       where workspace_id = $1 and pool = $2 and code = $3`,
      [workspaceId, pool, code, at, now],
    );
  }
}

/** Nothing has to be found out any more about a code that was sent. */
const SETTLED = 'runs = null, texts = null, look_at = null, idle_since = null';

const PERSON = 'left join contacts c on c.workspace_id = v.workspace_id and c.id = v.contact_id';
const NAME = contactNameSql('c.fields');
const CODE = `v.code, v.state, case when c.number_print is null then v.contact_id end as "contactId",
  case when c.number_print is null then c.phone end as phone, ${NAME} as name, v.run_id as "runId",
  v.reserved_at as "reservedAt", v.sent_at as "sentAt", v.redeemed_at as "redeemedAt"`;

/** Back from microseconds. */
const MOMENT = (micros: string): string =>
  `timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond'`;

function conditions(search: string, values: unknown[]): string {
  const begins = `starts_with(v.code, ${bind(values, search)})`;
  return `(${begins} or ${searched(search, { words: [NAME], phone: 'c.phone' }, values)})`;
}
