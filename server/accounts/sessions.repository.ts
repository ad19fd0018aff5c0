import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, MoreThan, type Repository } from 'typeorm';
import type { PersonEntity } from './person.entity.ts';
import { Transactions } from '../database/transactions.ts';
import { SessionEntity } from './session.entity.ts';

/** A session that still counts, with its person. */
export interface LiveSession {
  person: PersonEntity;
  expiresAt: Date;
}

/** Reads and writes sessions, by the hash of their token. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get sessions(): Repository<SessionEntity> {
    return this.transactions.repository(SessionEntity);
  }

  async open(session: Omit<SessionEntity, 'person'>): Promise<void> {
    await this.sessions.insert(session);
  }

  async findLive(tokenHash: Buffer, now: Date): Promise<LiveSession | null> {
    const found = await this.sessions.findOne({
      where: { tokenHash, expiresAt: MoreThan(now) },
      relations: { person: true },
    });
    return found?.person ? { person: found.person, expiresAt: found.expiresAt } : null;
  }

  /** The hashes among these whose session still counts. */
  async liveAmong(hashes: readonly Buffer[], now: Date): Promise<Buffer[]> {
    const found = await this.sessions.find({
      select: { tokenHash: true },
      where: { tokenHash: In([...hashes]), expiresAt: MoreThan(now) },
    });
    return found.map(({ tokenHash }) => tokenHash);
  }

  async extend(tokenHash: Buffer, expiresAt: Date): Promise<void> {
    await this.sessions.update({ tokenHash }, { expiresAt });
  }

  async close(tokenHash: Buffer): Promise<void> {
    await this.sessions.delete({ tokenHash });
  }

  /** Signs a person out everywhere but in the session that asks. */
  async closeOthersOf(personId: string, but: Buffer): Promise<void> {
    await this.sessions
      .createQueryBuilder()
      .delete()
      .where('person_id = :personId and token_hash <> :but', { personId, but })
      .execute();
  }

  async forgetExpired(now: Date): Promise<void> {
    await this.sessions.delete({ expiresAt: LessThanOrEqual(now) });
  }
}
