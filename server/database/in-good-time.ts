import { codeOf } from '../common/errors.ts';
import { Problem } from '../common/problem.ts';
import type { Transactions } from './transactions.ts';

/** What no index finds is looked for row after row; that gives up before it is in anybody's way. */
const LONGEST = '5s';
const QUERY_CANCELED = '57014';

/** What somebody is told whose search takes too long: a code, and a sentence that says how to search instead. */
export interface TooWide {
  readonly code: string;
  readonly message: string;
}

/** The rows that a list asks for. `tooWide`: it may have to look at all there is, and is a 422 when that takes too long; null where an index finds them. */
export async function inGoodTime<Row>(
  transactions: Transactions,
  sql: string,
  values: unknown[],
  tooWide: TooWide | null,
): Promise<Row[]> {
  if (!tooWide) return await transactions.manager.query(sql, values);
  try {
    return await transactions.run(async () => {
      await transactions.manager.query(`set local statement_timeout = '${LONGEST}'`);
      return await transactions.manager.query(sql, values);
    });
  } catch (error) {
    if (codeOf(error) !== QUERY_CANCELED) throw error;
    throw Problem.unprocessable(tooWide.code, tooWide.message);
  }
}
