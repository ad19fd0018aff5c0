import { Injectable } from '@nestjs/common';
import type { Page } from '#shared/api/common.ts';
import type { AddEntry, ContestEntry, EntriesQuery } from '#shared/api/contests.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { BEFORE_ALL, newId } from '../../common/ids.ts';
import { Problem } from '../../common/problem.ts';
import { readPhone } from '../../common/read-phone.ts';
import { SendersRepository } from '../../settings/senders/senders.repository.ts';
import { ContestDeeds } from '../contest-deeds.ts';
import { Contests, refuseListed } from '../contests.service.ts';
import { type DrawnEntryRow, EntriesRepository } from './entries.repository.ts';

const PAGE = 1_000;

/** The entries of a contest: those that flows make, and those that come by letter or on the web and count alike. */
@Injectable()
export class ContestEntries {
  constructor(
    private readonly contests: Contests,
    private readonly entries: EntriesRepository,
    private readonly senders: SendersRepository,
    private readonly deeds: ContestDeeds,
    private readonly clock: Clock,
  ) {}

  async page(me: Who, key: string, { page, size, ...filter }: EntriesQuery): Promise<Page<ContestEntry>> {
    await this.contests.must(me, key);
    const total = await this.entries.count(me.workspaceId, key, filter);
    const rows = await this.entries.page(me.workspaceId, key, filter, { page, size });
    return { items: rows.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() })), total };
  }

  /** Every entry, read page by page. */
  async *all(me: Who, key: string): AsyncGenerator<DrawnEntryRow> {
    await this.contests.must(me, key);
    for (let after = BEFORE_ALL; ; ) {
      const rows = await this.entries.after(me.workspaceId, key, after, PAGE);
      yield* rows;
      after = rows.at(-1)?.contactId ?? after;
      if (rows.length < PAGE) return;
    }
  }

  /** Writes down an entry without a text. What arrived before the contest closed may be written down afterwards. */
  async add(me: Who, key: string, { phone, at }: AddEntry): Promise<void> {
    const { workspaceId } = me;
    const [sender] = await this.senders.inWorkspace(workspaceId);
    const number = readPhone(phone, sender?.country, 'entry.phone');
    await this.contests.hold(me, key, async (contest) => {
      refuseListed(contest);
      const now = this.clock.now();
      const arrived = at === undefined ? now : Date.parse(at);
      if (arrived > now) {
        throw Problem.unprocessable('entry.time', 'That is still to come. Say when it arrived.', {
          place: 'at',
        });
      }
      if (contest.closesAt !== null && arrived >= contest.closesAt.getTime()) {
        throw Problem.conflict('contest.closed', 'The contest was closed when this arrived.', {
          place: 'at',
        });
      }
      const contactId = await this.entries.contactOf(workspaceId, number, {
        id: newId(now),
        at: new Date(now),
      });
      const by = await this.deeds.nameOf(me);
      if (!(await this.entries.add(workspaceId, key, { contactId, at: new Date(arrived), by }))) {
        throw Problem.conflict('entry.before', `${number} has entered before. Everybody counts once.`, {
          place: 'phone',
        });
      }
      await this.deeds.note(me, key, 'entry-added', { contactId });
    });
  }

  /** Takes an entry out of the draws to come, with a reason; null takes it back in. */
  async leaveOut(me: Who, key: string, contactId: string, because: string | null): Promise<void> {
    await this.contests.hold(me, key, async (contest) => {
      refuseListed(contest);
      if (!(await this.entries.setLeftOut(me.workspaceId, key, contactId, because))) {
        throw Problem.notFound('entry.not-found', 'This person has not entered.');
      }
      const deed = because === null ? 'entry-taken-back' : 'entry-left-out';
      await this.deeds.note(me, key, deed, { contactId, words: because });
    });
  }
}
