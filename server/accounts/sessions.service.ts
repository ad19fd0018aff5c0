import { Injectable } from '@nestjs/common';
import type { SignIn } from '#shared/api/session.ts';
import { Clock } from '../common/clock.ts';
import { Problem } from '../common/problem.ts';
import type { EndedSessions } from './ended-sessions.ts';
import { passwordFits } from './passwords.ts';
import { PeopleRepository } from './people.repository.ts';
import { SESSION_LASTS } from './session-cookie.ts';
import { SessionsRepository } from './sessions.repository.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { SignInLinks } from './sign-in-links.service.ts';
import { Tokens } from './tokens.ts';
import type { Who } from './who.ts';

const DAY = 24 * 3_600_000;

/** A session in use. `extended`: its expiry was just moved on, and the cookie should follow. */
export interface OpenSession {
  who: Who;
  extended: boolean;
}

type EndedListener = (which: EndedSessions) => void;

/** Who is signed in: opening, recognising and closing sessions. */
@Injectable()
export class Sessions {
  private readonly listeners: EndedListener[] = [];

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly people: PeopleRepository,
    private readonly links: SignInLinks,
    private readonly limits: SignInLimits,
    private readonly tokens: Tokens,
    private readonly clock: Clock,
  ) {}

  /** Signs in by link or password and returns the new session's token. `address`: where the request comes from. */
  async open(signIn: SignIn, address: string): Promise<string> {
    const account = 'email' in signIn ? signIn.email : null;
    await this.limits.count(address, account);
    const personId = 'token' in signIn ? await this.links.spend(signIn.token) : await this.byPassword(signIn);
    await this.limits.forget(address, account);
    return await this.start(personId);
  }

  /** The session behind a token, or null. One that was used lasts another 30 days; that is written once a day. */
  async recognise(token: string): Promise<OpenSession | null> {
    const now = this.clock.now();
    const sessionHash = this.tokens.hash(token);
    const live = await this.sessions.findLive(sessionHash, new Date(now));
    if (!live) return null;
    const { person } = live;
    const extended = live.expiresAt.getTime() < now + SESSION_LASTS - DAY;
    if (extended) {
      await this.sessions.extend(sessionHash, new Date(now + SESSION_LASTS));
      await this.people.change(person.id, { lastSeenAt: new Date(now) });
    }
    return {
      who: { personId: person.id, workspaceId: person.workspaceId, role: person.role, sessionHash },
      extended,
    };
  }

  async close(who: Who): Promise<void> {
    await this.sessions.close(who.sessionHash);
    this.ended({ session: who.sessionHash.toString('hex') });
  }

  /** Signs a person out everywhere but in the session that asks. */
  async closeOthers({ personId, sessionHash }: Who): Promise<void> {
    await this.sessions.closeOthersOf(personId, sessionHash);
    this.ended({ personId, but: sessionHash.toString('hex') });
  }

  /** Lets those know who keep a connection open for a session: theirs is over if it is one of these. */
  ended(which: EndedSessions): void {
    for (const listener of this.listeners) listener(which);
  }

  /** Which of these sessions still count; hashes in hex. */
  async stillLive(hashes: readonly Buffer[]): Promise<ReadonlySet<string>> {
    const live = await this.sessions.liveAmong(hashes, new Date(this.clock.now()));
    return new Set(live.map((hash) => hash.toString('hex')));
  }

  onEnded(listener: EndedListener): void {
    this.listeners.push(listener);
  }

  private async byPassword({ email, password }: { email: string; password: string }): Promise<string> {
    const person = await this.people.findByEmail(email);
    if (await passwordFits(password, person?.passwordHash ?? null)) return person?.id ?? '';
    throw Problem.unauthorized(
      'session.wrong-password',
      'E-mail and password do not fit together. Try again, or use a sign-in link.',
    );
  }

  private async start(personId: string): Promise<string> {
    const now = this.clock.now();
    const person = await this.people.findWithWorkspace(personId);
    if (!person)
      throw Problem.unauthorized('session.link-unknown', 'The person this link was for is no longer here.');
    const token = this.tokens.make();
    await this.sessions.forgetExpired(new Date(now));
    await this.sessions.open({
      tokenHash: this.tokens.hash(token),
      workspaceId: person.workspaceId,
      personId,
      createdAt: new Date(now),
      expiresAt: new Date(now + SESSION_LASTS),
    });
    await this.people.change(personId, { lastSeenAt: new Date(now) });
    return token;
  }
}
