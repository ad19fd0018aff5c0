import { Injectable } from '@nestjs/common';
import { signInPath } from '#shared/api/session.ts';
import { Clock } from '../common/clock.ts';
import { Problem } from '../common/problem.ts';
import type { PersonEntity } from './person.entity.ts';
import { SignInLinksRepository } from './sign-in-links.repository.ts';
import { Tokens } from './tokens.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long a link is good for, in milliseconds: one handed to a person who waits for it, or one that may lie around a while. */
export const LINK_LASTS = { handed: 15 * MINUTE, sent: DAY } as const;

/** A link that was just made. `path` follows the server's address; it is shown once and cannot be read again. */
export interface SignInLink {
  path: string;
  expiresAt: Date;
}

/** One-time links by which people come in without a password. */
@Injectable()
export class SignInLinks {
  constructor(
    private readonly links: SignInLinksRepository,
    private readonly tokens: Tokens,
    private readonly clock: Clock,
  ) {}

  async issue(person: Pick<PersonEntity, 'id' | 'workspaceId'>, lasts: number): Promise<SignInLink> {
    const now = this.clock.now();
    const token = this.tokens.make();
    const expiresAt = new Date(now + lasts);
    await this.links.forgetOlderThan(new Date(now - 30 * DAY));
    await this.links.add({
      tokenHash: this.tokens.hash(token),
      workspaceId: person.workspaceId,
      personId: person.id,
      createdAt: new Date(now),
      expiresAt,
      usedAt: null,
    });
    return { path: signInPath(token), expiresAt };
  }

  /** Spends a link and says whose it was. Throws a Problem that says why it is no longer good. */
  async spend(token: string): Promise<string> {
    const tokenHash = this.tokens.hash(token);
    const link = await this.links.find(tokenHash);
    if (!link)
      throw Problem.unauthorized('session.link-unknown', `This sign-in link is not one of ours. ${NEW_ONE}`);
    if (await this.links.spend(tokenHash, new Date(this.clock.now()))) return link.personId;
    const used = link.usedAt !== null || link.expiresAt.getTime() > this.clock.now();
    throw used
      ? Problem.unauthorized('session.link-used', `This sign-in link was used before. ${NEW_ONE}`)
      : Problem.unauthorized('session.link-expired', `This sign-in link has expired. ${NEW_ONE}`);
  }
}

const NEW_ONE = 'Ask for a new one, or make one where Textloom runs: npm run textloom -- sign-in-link';
