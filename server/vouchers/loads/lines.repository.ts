import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.ts';
import type { CodeLine } from './read-codes.ts';

/** Why a line of a file cannot be taken. */
export type WrongLine = Pick<CodeLine, 'line' | 'words'> & { wrong: 'unreadable' | 'twice' | 'known' };

/** Lines of a transaction's own, which are looked through before they are taken, and codes that are added. */
@Injectable()
export class LinesRepository {
  constructor(private readonly transactions: Transactions) {}

  private get manager() {
    return this.transactions.manager;
  }

  async begin(): Promise<void> {
    await this.manager.query(
      `create temporary table voucher_lines (
         number integer generated always as identity, line integer, code text collate "C", words text) on commit drop`,
    );
  }

  async put(lines: readonly CodeLine[]): Promise<void> {
    await this.manager.query(
      `insert into voucher_lines (line, code, words)
       select line, code, words from unnest($1::integer[], $2::text[], $3::text[]) with ordinality u(line, code, words, n) order by n`,
      [lines.map(({ line }) => line), lines.map(({ code }) => code), lines.map(({ words }) => words)],
    );
  }

  /** Finds out which of the lines cannot be taken. Returns how many. */
  async judge(workspaceId: string, pool: string): Promise<number> {
    await this.manager.query('create index on voucher_lines (number)');
    await this.manager.query('analyze voucher_lines');
    await this.manager.query(
      `create temporary table wrong_lines on commit drop as
       select line, words, wrong from (
         select l.line, l.words, case
           when l.code is null then 'unreadable'
           when l.line > l.first then 'twice'
           when exists (
             select 1 from voucher_codes v where v.workspace_id = $1 and v.pool = $2 and v.code = l.code) then 'known' end as wrong
         from (select *, min(line) over (partition by code) as first from voucher_lines) l) l
       where wrong is not null`,
      [workspaceId, pool],
    );
    await this.manager.query('create index on wrong_lines (line)');
    const [row]: { total: number }[] = await this.manager.query(
      'select count(*)::int as total from wrong_lines',
    );
    return row?.total ?? 0;
  }

  /** The first of those that cannot be taken, behind a line. */
  wrong(after: number, most: number): Promise<WrongLine[]> {
    return this.manager.query('select * from wrong_lines where line > $1 order by line limit $2', [
      after,
      most,
    ]);
  }

  /** Takes lines by their numbers, from behind one, in their order. Returns how many. */
  async take(workspaceId: string, pool: string, from: number, to: number): Promise<number> {
    const [row]: { added: number }[] = await this.manager.query(
      `with added as (
         insert into voucher_codes (workspace_id, pool, code)
         select $1, $2, code from voucher_lines where number > $3 and number <= $4 order by number returning 1)
       select count(*)::int as added from added`,
      [workspaceId, pool, from, to],
    );
    return row?.added ?? 0;
  }

  /** Adds codes that are not there yet. Returns how many. */
  async add(workspaceId: string, pool: string, codes: readonly string[]): Promise<number> {
    const [row]: { added: number }[] = await this.manager.query(
      `with added as (
         insert into voucher_codes (workspace_id, pool, code) select $1, $2, unnest($3::text[]) on conflict do nothing returning 1)
       select count(*)::int as added from added`,
      [workspaceId, pool, codes],
    );
    return row?.added ?? 0;
  }
}
