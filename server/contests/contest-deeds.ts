import { Injectable } from '@nestjs/common';
import type { ContestDeed } from '#shared/api/contests.ts';
import type { Who } from '../accounts/who.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { Transactions } from '../database/transactions.ts';

const MOST = 500;

type About = Partial<Pick<ContestDeed, 'contactId' | 'words'>>;

/** Writes down who did what with a contest, in the transaction it was done in, and reads it. Nothing of it is ever changed. */
@Injectable()
export class ContestDeeds {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async note(me: Who, contest: string, deed: ContestDeed['deed'], about?: About): Promise<void> {
    const { workspaceId } = me;
    await this.noteOf({ workspaceId, person: await this.nameOf(me) }, contest, deed, about);
  }

  /** The same for somebody who asked for it before. */
  async noteOf(
    { workspaceId, person }: { workspaceId: string; person: string },
    contest: string,
    deed: ContestDeed['deed'],
    { contactId = null, words = null }: About = {},
  ): Promise<void> {
    const now = this.clock.now();
    await this.transactions.manager.query(
      `insert into contest_deeds (workspace_id, contest, id, at, person, deed, contact_id, words)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [workspaceId, contest, newId(now), new Date(now), person, deed, contactId, words],
    );
  }

  /** What was done last, the latest first. */
  async of({ workspaceId }: Who, contest: string): Promise<ContestDeed[]> {
    const rows: (Omit<ContestDeed, 'at'> & { at: Date })[] = await this.transactions.manager.query(
      `select at, person, deed, contact_id as "contactId", words from contest_deeds
       where workspace_id = $1 and contest = $2 order by id desc limit ${MOST}`,
      [workspaceId, contest],
    );
    return rows.map(({ at, ...deed }) => ({ ...deed, at: at.toISOString() }));
  }

  /** What a record calls the person, for as long as it is kept. */
  async nameOf({ personId }: Who): Promise<string> {
    const [row]: { name: string }[] = await this.transactions.manager.query(
      'select name from people where id = $1',
      [personId],
    );
    return row?.name ?? 'Somebody';
  }
}
