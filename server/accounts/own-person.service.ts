import { Injectable } from '@nestjs/common';
import type { OwnPerson, Session } from '#shared/api/session.ts';
import { Problem } from '../common/problem.ts';
import { unlessTaken } from '../database/taken.ts';
import { hashPassword } from './passwords.ts';
import { PeopleRepository } from './people.repository.ts';
import { Sessions } from './sessions.service.ts';
import type { Who } from './who.ts';
import { WorkspacesRepository } from './workspaces.repository.ts';

/** What people see and change of themselves. */
@Injectable()
export class OwnPersons {
  constructor(
    private readonly people: PeopleRepository,
    private readonly sessions: Sessions,
    private readonly workspaces: WorkspacesRepository,
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
        stopped: workspace.sendingStopped ? await this.stoppedBy(workspace.id) : null,
        marketingADay: workspace.marketingADay,
        marketingAWeek: workspace.marketingAWeek,
      },
      role,
    };
  }

  private async stoppedBy(workspaceId: string): Promise<Session['workspace']['stopped']> {
    const [last] = await this.workspaces.switches(workspaceId, 1);
    return last?.stopped ? { by: last.by, at: last.at.toISOString() } : null;
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
