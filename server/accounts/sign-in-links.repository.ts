import { Injectable } from '@nestjs/common';
import { LessThan, type Repository } from 'typeorm';
import { Transactions } from '../database/transactions.ts';
import { SignInLinkEntity } from './sign-in-link.entity.ts';

/** Reads, writes and spends one-time links, by the hash of their token. */
@Injectable()
export class SignInLinksRepository {
  constructor(private readonly transactions: Transactions) {}

  private get links(): Repository<SignInLinkEntity> {
    return this.transactions.repository(SignInLinkEntity);
  }

  async add(link: SignInLinkEntity): Promise<void> {
    await this.links.insert(link);
  }

  find(tokenHash: Buffer): Promise<SignInLinkEntity | null> {
    return this.links.findOneBy({ tokenHash });
  }

  /** Spends a link. Of two requests with the same link one gets true. */
  async spend(tokenHash: Buffer, now: Date): Promise<boolean> {
    const { affected } = await this.links
      .createQueryBuilder()
      .update()
      .set({ usedAt: now })
      .where('token_hash = :tokenHash and used_at is null and expires_at > :now', { tokenHash, now })
      .execute();
    return affected === 1;
  }

  async forgetOlderThan(moment: Date): Promise<void> {
    await this.links.delete({ expiresAt: LessThan(moment) });
  }
}
