import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import type { Role } from '#shared/api/session.ts';
import { Transactions } from '../database/transactions.ts';
import { PersonEntity } from './person.entity.ts';

/** Reads and writes people. E-mail addresses are compared without case. */
@Injectable()
export class PeopleRepository {
  constructor(private readonly transactions: Transactions) {}

  private get people(): Repository<PersonEntity> {
    return this.transactions.repository(PersonEntity);
  }

  async add(person: Omit<PersonEntity, 'workspace'>): Promise<void> {
    await this.people.insert(person);
  }

  inWorkspace(workspaceId: string): Promise<PersonEntity[]> {
    return this.people.find({ where: { workspaceId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  find(workspaceId: string, id: string): Promise<PersonEntity | null> {
    return this.people.findOneBy({ workspaceId, id });
  }

  findWithWorkspace(id: string): Promise<PersonEntity | null> {
    return this.people.findOne({ where: { id }, relations: { workspace: true } });
  }

  findByEmail(email: string): Promise<PersonEntity | null> {
    return this.people
      .createQueryBuilder('person')
      .where('lower(person.email) = lower(:email)', { email })
      .getOne();
  }

  /** The owner who was there first, for the links that are printed where the server runs. */
  firstOwner(): Promise<PersonEntity | null> {
    return this.people.findOne({ where: { role: 'owner' }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  async change(
    id: string,
    change: Partial<Pick<PersonEntity, 'name' | 'email' | 'passwordHash' | 'lastSeenAt'>>,
  ): Promise<void> {
    await this.people.update({ id }, change);
  }

  async changeRole(workspaceId: string, id: string, role: Role): Promise<void> {
    await this.people.update({ workspaceId, id }, { role });
  }

  async remove(workspaceId: string, id: string): Promise<void> {
    await this.people.delete({ workspaceId, id });
  }

  /** The ids of the owners, none of whom changes until the transaction ends. */
  async lockOwners(workspaceId: string): Promise<string[]> {
    const owners = await this.people.find({
      where: { workspaceId, role: 'owner' },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return owners.map(({ id }) => id);
  }
}
