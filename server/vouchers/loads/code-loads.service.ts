import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { ProblemIssue } from '#shared/api/problem.ts';
import {
  type CodesAdded,
  type CodesLoad,
  type GenerateCodes,
  type LoadCodes,
  MOST_CODES,
} from '#shared/api/vouchers.ts';
import { Clock } from '../../common/clock.ts';
import { newId } from '../../common/ids.ts';
import { Problem } from '../../common/problem.ts';
import { Turn } from '../../common/turn.ts';
import { Transactions } from '../../database/transactions.ts';
import { type InWorkspace, Vouchers } from '../vouchers.service.ts';
import { leastLength, makeCodes } from './make-codes.ts';
import { LinesRepository, type WrongLine } from './lines.repository.ts';
import { LoadUnderWay } from './load-under-way.ts';
import { LoadsRepository } from './loads.repository.ts';
import { readCodes } from './read-codes.ts';
import { wrongLinesFile } from './wrong-lines-file.ts';

/** So many codes are made, and so many lines taken, at a time. */
const MADE_AT_ONCE = 5_000;
const TAKEN_AT_ONCE = 20_000;
/** So many lines that cannot be taken are told at once, and so many are read at a time. */
const MOST_TOLD = 50;
const WRONG_AT_ONCE = 5_000;

type Told = Pick<LoadUnderWay, 'at'>;

/** Brings codes into pools: all that somebody hands in or none, and made ones; they see how far that is, and may call it back. */
@Injectable()
export class CodeLoads {
  constructor(
    private readonly vouchers: Vouchers,
    private readonly loads: LoadsRepository,
    private readonly lines: LinesRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Takes all codes of a text, or none where one of them cannot be taken. */
  load(me: InWorkspace, pool: string, { text, load }: LoadCodes): Promise<CodesAdded> {
    return this.underWay(me, pool, { id: load, made: false, total: 0 }, async (told) => {
      const lines = await this.read(text, told);
      told.at('checking', 0, lines);
      const total = await this.lines.judge(me.workspaceId, pool);
      if (total > 0) throw wrongLines(lines, total, await this.lines.wrong(0, MOST_TOLD));
      let added = 0;
      for (let from = 0; added < lines; from += TAKEN_AT_ONCE) {
        told.at('adding', added, lines);
        added += await this.lines.take(me.workspaceId, pool, from, from + TAKEN_AT_ONCE);
      }
      return { added };
    });
  }

  /** Adds codes that nobody guesses. */
  generate(
    me: InWorkspace,
    pool: string,
    { count, prefix, length, load }: GenerateCodes,
  ): Promise<CodesAdded> {
    const least = leastLength(count);
    if (length < least) {
      const sentence = `Of ${count} such codes somebody finds one by trying. Make them ${least} letters long at least.`;
      throw Problem.unprocessable('voucher.too-short', sentence, { place: 'length' });
    }
    return this.underWay(me, pool, { id: load, made: true, total: count }, async (told) => {
      const turn = new Turn();
      let added = 0;
      while (added < count) {
        told.at('adding', added, count);
        const some = makeCodes(Math.min(MADE_AT_ONCE, count - added), prefix, length);
        added += await this.lines.add(me.workspaceId, pool, some);
        if (turn.isOver) await turn.next();
      }
      return { added };
    });
  }

  /** Every line of a text that could not be loaded as it is, and why. */
  async wrong(me: InWorkspace, pool: string, text: string): Promise<StreamableFile> {
    await this.vouchers.mustExist(me, pool);
    return await this.transactions.run(async () => {
      await this.read(text, { at: () => undefined });
      await this.lines.judge(me.workspaceId, pool);
      return await wrongLinesFile(pool, (after) => this.lines.wrong(after, WRONG_AT_ONCE));
    });
  }

  /** What is being brought into a pool at this moment. */
  async list(me: InWorkspace, pool: string): Promise<CodesLoad[]> {
    await this.vouchers.mustExist(me, pool);
    return await this.loads.underWay(me.workspaceId, pool, this.now());
  }

  /** Has nothing come of a loading, which may not even have begun. */
  async callBack(me: InWorkspace, pool: string, id: string): Promise<void> {
    await this.vouchers.mustExist(me, pool);
    if (await this.loads.callBack({ workspaceId: me.workspaceId, pool, id }, this.now())) {
      this.vouchers.tell(me);
      return;
    }
    throw Problem.conflict('voucher.load-over', 'It is too late to stop it: these codes are in the pool.');
  }

  /** Does it while everybody sees how far it is, until nobody can call it back any more. */
  private async underWay(
    me: InWorkspace,
    pool: string,
    {
      id = newId(this.clock.now()),
      made,
      total,
    }: { id: string | undefined } & Pick<CodesLoad, 'made' | 'total'>,
    act: (told: Told) => Promise<CodesAdded>,
  ): Promise<CodesAdded> {
    const name = { workspaceId: me.workspaceId, pool, id };
    await this.vouchers.mustExist(me, pool);
    if (!(await this.loads.begin(name, { made, total }, this.now()))) {
      throw Problem.conflict('voucher.load-known', 'A loading of this name has begun already.', {
        place: 'load',
      });
    }
    this.vouchers.tell(me);
    const told = new LoadUnderWay(this.loads, name, this.clock, total);
    try {
      return await this.vouchers.hold(me, pool, async () => {
        const added = await act(told);
        await told.settle();
        return added;
      });
    } catch (error) {
      await told.quiet();
      await this.loads.drop(name).catch(() => undefined);
      this.vouchers.tell(me);
      throw error;
    }
  }

  /** Puts the lines of a text aside, to be looked through. Returns how many there are. */
  private async read(text: string, told: Told): Promise<number> {
    await this.lines.begin();
    const share = (lines: number, upto: number) => Math.round((lines * text.length) / Math.max(1, upto));
    let lines = 0;
    for await (const some of readCodes(text)) {
      lines += some.lines.length;
      if (lines > MOST_CODES) {
        const sentence = 'These are more than 1,000,000 codes. Load them in several files.';
        throw Problem.unprocessable('voucher.too-many', sentence, { place: 'text' });
      }
      // How many there are in all is known at their end; until then as many as there would be of this length.
      told.at('reading', lines, share(lines, some.upto));
      await this.lines.put(some.lines);
    }
    if (lines === 0) {
      throw Problem.unprocessable('voucher.no-codes', 'There is no code in it.', { place: 'text' });
    }
    return lines;
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
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
