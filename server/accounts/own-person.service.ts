import { Injectable } from '@nestjs/common';
import type { OwnPerson, Session } from '#shared/api/session.ts';
import { Problem } from '../common/problem.ts';
import { hashPassword } from './passwords.ts';
import { PeopleRepository } from './people.repository.ts';
import { SessionsRepository } from './sessions.repository.ts';
import type { Who } from './who.ts';

/** What people see and change of themselves. */
@Injectable()
export class OwnPersons {
  constructor(
    private readonly people: PeopleRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  async show(me: Who): Promise<Session> {
    const person = await this.people.findWithWorkspace(me.personId);
    if (!person?.workspace) throw Problem.unauthorized('session.missing', 'Sign in first.');
    const { id, name, email, passwordHash, workspace, role } = person;
    return {
      person: { id, name, email, hasPassword: passwordHash !== null },
      workspace: {
        id: workspace.id,
        name: workspace.name,
        timeZone: workspace.timeZone,
        sendingStopped: workspace.sendingStopped,
      },
      role,
    };
  }

  async change(me: Who, { name, email, password }: OwnPerson): Promise<void> {
    await this.people.change(me.personId, {
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      ...(password !== undefined && { passwordHash: await hashPassword(password) }),
    });
    if (password !== undefined) await this.sessions.closeOthersOf(me.personId, me.sessionHash);
  }
}
