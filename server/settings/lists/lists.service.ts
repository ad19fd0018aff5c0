import { Injectable } from '@nestjs/common';
import type { ChangeContactList, ContactList, SaveContactList } from '#shared/api/lists.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { Problem } from '../../common/problem.ts';
import { unlessTaken } from '../../database/taken.ts';
import { Transactions } from '../../database/transactions.ts';
import { LiveFeed } from '../../live/live-feed.ts';
import { SettingChanges } from '../setting-changes.ts';
import { ListsRepository } from './lists.repository.ts';

/** What a flow from a template needs to be there. */
export interface Needed {
  lists: readonly Pick<SaveContactList, 'key' | 'name' | 'optIn'>[];
  contests: readonly { key: string; name: string }[];
  vouchers: readonly { key: string; name: string }[];
}

/** What a list of a template has: a question that nobody answers within three days lapses. */
const STANDARD = {
  countries: {},
  basis: 'express',
  lastsDays: null,
  impliedDays: null,
  minimumAge: null,
  asksHours: 72,
  termsChangedAt: null,
} as const;

/** Lists: what people consent to. */
@Injectable()
export class Lists {
  constructor(
    private readonly lists: ListsRepository,
    private readonly changes: SettingChanges,
    private readonly transactions: Transactions,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  list(me: Who): Promise<ContactList[]> {
    return this.lists.countedIn(me.workspaceId);
  }

  async add(me: Who, save: SaveContactList): Promise<void> {
    const createdAt = new Date(this.clock.now());
    await unlessTaken(
      this.lists.add({ ...save, workspaceId: me.workspaceId, termsChangedAt: null, createdAt }),
      () =>
        Problem.conflict('list.key-taken', `There is a list with the key “${save.key}” already.`, {
          place: 'key',
        }),
    );
    this.live.changed(me.workspaceId, 'settings');
  }

  /** Changes what a list asks of people, unless a live flow could not be published with it. */
  async change(me: Who, key: string, { key: asked, ...change }: ChangeContactList): Promise<void> {
    if (asked !== undefined && asked !== key) {
      throw Problem.unprocessable(
        'list.key-fixed',
        'A list keeps its key: flows name it. Change its name instead.',
        {
          place: 'key',
        },
      );
    }
    const { name: _name, ...terms } = change;
    const changed = Object.keys(terms).length === 0 ? {} : { termsChangedAt: new Date(this.clock.now()) };
    await this.changes.make(me.workspaceId, async () => {
      if (await this.lists.change(me.workspaceId, key, { ...change, ...changed })) return;
      throw Problem.notFound('list.not-found', 'There is no such list.');
    });
    this.live.changed(me.workspaceId, 'settings');
  }

  /** Adds what is missing of a template's lists, contests and pools of vouchers. */
  async ensure(workspaceId: string, { lists, contests, vouchers }: Needed): Promise<void> {
    const createdAt = new Date(this.clock.now());
    await this.lists.addMissing(
      lists.map((list) => ({ ...list, ...STANDARD, workspaceId, createdAt })),
      contests.map((contest) => ({ ...contest, workspaceId, closesAt: null, createdAt })),
    );
    await this.lists.addMissingPools(workspaceId, vouchers, createdAt);
    this.transactions.afterCommit(() => {
      if (lists.length > 0) this.live.changed(workspaceId, 'settings');
      if (contests.length > 0) this.live.changed(workspaceId, 'contests');
      if (vouchers.length > 0) this.live.changed(workspaceId, 'vouchers');
    });
  }
}
