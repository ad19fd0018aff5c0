import { Injectable } from '@nestjs/common';
import type { CodeState, CodesQuery } from '#shared/api/vouchers.ts';
import { bind } from '../../database/bind.ts';
import { contactNameSql } from '../../database/contact-name.ts';
import { inGoodTime, type TooWide } from '../../database/in-good-time.ts';
import { isOver } from '../../database/last-day.ts';
import { pageSql } from '../../database/page-sql.ts';
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

export type CodesFilter = Pick<CodesQuery, 'search' | 'state'>;

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

  async count(workspaceId: string, pool: string, filter: CodesFilter): Promise<number> {
    const values: unknown[] = [workspaceId, pool];
    const sql = `select count(*)::int as total from ${from(filter)} where ${conditions(filter, values)}`;
    const [row] = await this.rows<{ total: number }>(filter, sql, values);
    return row?.total ?? 0;
  }

  page(
    workspaceId: string,
    pool: string,
    filter: CodesFilter,
    place: Pick<CodesQuery, 'page' | 'size'>,
  ): Promise<CodeRow[]> {
    const values: unknown[] = [workspaceId, pool];
    const wanted = `select v.* from ${from(filter)} where ${conditions(filter, values)} order by v.code ${pageSql(place, values)}`;
    // People are looked up for the codes that a page shows, and not for all before it.
    const sql = `select ${CODE} from (${wanted}) v ${PERSON} order by v.code`;
    return this.rows(filter, sql, values);
  }

  /** Codes behind one, by their letters. */
  after(workspaceId: string, pool: string, code: string, size: number): Promise<CodeRow[]> {
    return this.manager.query(
      `select ${CODE} from voucher_codes v ${PERSON} where v.workspace_id = $1 and v.pool = $2 and v.code > $3 order by v.code limit $4`,
      [workspaceId, pool, code, size],
    );
  }

  private rows<Row>({ search }: CodesFilter, sql: string, values: unknown[]): Promise<Row[]> {
    return inGoodTime(this.transactions, sql, values, search ? TOO_WIDE : null);
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

const from = ({ search }: CodesFilter): string => `voucher_codes v ${search ? PERSON : ''}`;

function conditions({ search, state }: CodesFilter, values: unknown[]): string {
  const where = ['v.workspace_id = $1', 'v.pool = $2'];
  if (state) where.push(`v.state = ${bind(values, state)}`);
  if (search) {
    const begins = `starts_with(v.code, ${bind(values, search)})`;
    where.push(`(${begins} or ${searched(search, { words: [NAME], phone: 'c.phone' }, values)})`);
  }
  return where.join(' and ');
}
