import { Injectable } from '@nestjs/common';
import type { Invitation, InvitePerson, Person } from '#shared/api/people.ts';
import type { Role } from '#shared/api/session.ts';
import { PeopleRepository } from '../../accounts/people.repository.ts';
import type { PersonEntity } from '../../accounts/person.entity.ts';
import { Sessions } from '../../accounts/sessions.service.ts';
import { LINK_LASTS, SignInLinks } from '../../accounts/sign-in-links.service.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { newId } from '../../common/ids.ts';
import { Problem } from '../../common/problem.ts';
import { Transactions } from '../../database/transactions.ts';
import { unlessTaken } from '../../database/taken.ts';
import { LiveFeed } from '../../live/live-feed.ts';

/** Who works in the workspace, and as what. */
@Injectable()
export class People {
  constructor(
    private readonly people: PeopleRepository,
    private readonly links: SignInLinks,
    private readonly sessions: Sessions,
    private readonly transactions: Transactions,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  async list(me: Who): Promise<Person[]> {
    return (await this.people.inWorkspace(me.workspaceId)).map(toPerson);
  }

  /** Adds somebody; the link in the answer is shown this once. `base`: how people reach this server. */
  async invite(me: Who, { name, email, role }: InvitePerson, base: string): Promise<Invitation> {
    const now = this.clock.now();
    const person = {
      id: newId(now),
      workspaceId: me.workspaceId,
      name,
      email,
      role,
      passwordHash: null,
      createdAt: new Date(now),
      lastSeenAt: null,
    };
    await unlessTaken(this.people.add(person), () =>
      Problem.conflict('person.email-taken', `Somebody with the address ${email} is here already.`, {
        place: 'email',
      }),
    );
    this.live.changed(me.workspaceId, 'settings');
    return await this.linkFor(person, base);
  }

  /** A new link for somebody whose last one was used or has expired. */
  async inviteAgain(me: Who, id: string, base: string): Promise<Invitation> {
    return await this.linkFor(await this.find(me, id), base);
  }

  async changeRole(me: Who, id: string, role: Role): Promise<void> {
    await this.transactions.run(async () => {
      await this.keepAnOwner(me, id, role);
      await this.people.changeRole(me.workspaceId, id, role);
    });
    this.live.changed(me.workspaceId, 'settings');
  }

  async remove(me: Who, id: string): Promise<void> {
    await this.transactions.run(async () => {
      await this.keepAnOwner(me, id, null);
      await this.people.remove(me.workspaceId, id);
    });
    this.sessions.ended({ personId: id });
    this.live.changed(me.workspaceId, 'settings');
  }

  private async keepAnOwner(me: Who, id: string, role: Role | null): Promise<void> {
    const owners = await this.people.lockOwners(me.workspaceId);
    await this.find(me, id);
    if (role !== 'owner' && owners.length === 1 && owners[0] === id) {
      throw Problem.conflict(
        'person.last-owner',
        'A workspace needs an owner. Make somebody else an owner first.',
      );
    }
  }

  private async find(me: Who, id: string): Promise<PersonEntity> {
    const person = await this.people.find(me.workspaceId, id);
    if (!person) throw Problem.notFound('person.not-found', 'There is nobody with this id.');
    return person;
  }

  private async linkFor(person: PersonEntity, base: string): Promise<Invitation> {
    const { path, expiresAt } = await this.links.issue(person, LINK_LASTS.sent);
    return { person: toPerson(person), link: base + path, expiresAt: expiresAt.toISOString() };
  }
}

const toPerson = ({ id, name, email, role, lastSeenAt }: PersonEntity): Person => ({
  id,
  name,
  email,
  role,
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
});
