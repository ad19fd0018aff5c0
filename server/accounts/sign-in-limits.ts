import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { Problem } from '../common/problem.ts';

const SPAN_SECONDS = 15 * 60;

/** Slows down guessing: so many failed sign-ins a quarter of an hour from one address, and for one account, on all nodes together. */
@Injectable()
export class SignInLimits {
  private readonly byAddress: RateLimiterPostgres;
  private readonly byAccount: RateLimiterPostgres;

  constructor(database: DataSource) {
    const limiter = (keyPrefix: string, points: number) =>
      new RateLimiterPostgres({
        storeClient: database,
        storeType: 'typeorm',
        tableName: 'sign_in_tries',
        tableCreated: true,
        keyPrefix,
        points,
        duration: SPAN_SECONDS,
      });
    this.byAddress = limiter('address', 30);
    this.byAccount = limiter('account', 10);
  }

  /** Counts a try before it is looked at, so that many at once gain nothing. Throws 429. */
  async count(address: string, account: string | null): Promise<void> {
    await take(this.byAddress, address);
    if (account !== null) await take(this.byAccount, printOf(account));
  }

  /** Gives back what a sign-in that succeeded has used up. */
  async forget(address: string, account: string | null): Promise<void> {
    await this.byAddress.reward(address);
    if (account !== null) await this.byAccount.delete(printOf(account));
  }
}

/** What stands for an e-mail address in the table: it is nobody's business who mistyped a password. */
const printOf = (account: string): string =>
  createHash('sha256').update(account.toLowerCase()).digest('base64url');

async function take(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.ceil(refusal.msBeforeNext / 1000);
    throw Problem.tooMany(
      'session.too-many-tries',
      `Too many failed sign-ins. Try again in ${Math.ceil(seconds / 60)} minutes.`,
      seconds,
    );
  }
}
