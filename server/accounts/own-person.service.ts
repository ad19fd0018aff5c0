import { Injectable } from '@nestjs/common';
import type { OwnPerson, Session } from '#shared/api/session.ts';
import { Problem } from '../common/problem.ts';
import { unlessTaken } from '../database/taken.ts';
import { hashPassword } from './passwords.ts';
import { PeopleRepository } from './people.repository.ts';
import { Sessions } from './sessions.service.ts';
import type { Who } from './who.ts';

/** What people see and change of themselves. */
@Injectable()
export class OwnPersons {
  constructor(
    private readonly people: PeopleRepository,
    private readonly sessions: Sessions,
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
    const change = {
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      ...(password !== undefined && { passwordHash: await hashPassword(password) }),
    };
    if (Object.keys(change).length === 0) return;
    await unlessTaken(this.people.change(me.personId, change), () =>
      Problem.conflict('person.email-taken', 'Somebody here has this address already.', { place: 'email' }),
    );
    if (password !== undefined) await this.sessions.closeOthers(me);
  }
}
