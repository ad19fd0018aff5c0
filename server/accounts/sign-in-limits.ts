import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../common/problem.ts';

const SPAN_SECONDS = 15 * 60;

/** Slows down guessing: so many failed sign-ins a quarter of an hour from one address, and for one account. */
@Injectable()
export class SignInLimits {
  private readonly byAddress = new RateLimiterMemory({ points: 30, duration: SPAN_SECONDS });
  private readonly byAccount = new RateLimiterMemory({ points: 10, duration: SPAN_SECONDS });

  /** Counts a try before it is looked at, so that many at once gain nothing. Throws 429. */
  async count(address: string, account: string | null): Promise<void> {
    await take(this.byAddress, address);
    if (account !== null) await take(this.byAccount, account.toLowerCase());
  }

  /** Gives back what a sign-in that succeeded has used up. */
  async forget(address: string, account: string | null): Promise<void> {
    await this.byAddress.reward(address);
    if (account !== null) await this.byAccount.delete(account.toLowerCase());
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
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
