import { Injectable } from '@nestjs/common';
import type { Page } from '#shared/api/common.ts';
import type { DecideReview, InboxQuery, Review } from '#shared/api/inbox.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { Problem } from '../../common/problem.ts';
import { BatchWatch } from '../../inbound/batch-watch.ts';
import { LiveFeed } from '../../live/live-feed.ts';
import { ConsentOrders } from '../consent-orders.ts';
import { InboxRepository, type ReviewCase } from './inbox.repository.ts';

/** A revocation is confirmed within five minutes of the text or not at all [47 CFR 64.1200(a)(12)]. */
const CONFIRMED_WITHIN_MS = 5 * 60_000;

/** Texts that may be a STOP: people read them and decide. */
@Injectable()
export class Inbox {
  constructor(
    private readonly reviews: InboxRepository,
    private readonly orders: ConsentOrders,
    private readonly clock: Clock,
    private readonly live: LiveFeed,
    watch: BatchWatch,
  ) {
    watch.onCommitted(({ decided }) => {
      for (const { work, effects } of decided) {
        const isTouched = effects.some(
          (effect) => effect.kind === 'standing' && (effect.from === 'frozen' || effect.to === 'frozen'),
        );
        if (isTouched) live.changed(work.workspaceId, 'inbox');
      }
    });
  }

  async open(me: Who): Promise<{ open: number }> {
    return { open: await this.reviews.open(me.workspaceId) };
  }

  async page(me: Who, { page, size, ...filter }: InboxQuery): Promise<Page<Review>> {
    const total = await this.reviews.count(me.workspaceId, filter);
    const rows = await this.reviews.page(me.workspaceId, filter, { page, size });
    const items = rows.map(({ erased, erasedAt, ...row }) => ({
      ...row,
      at: row.at.toISOString(),
      erased: erased ? { at: erasedAt?.toISOString() ?? null } : null,
      decidedAt: row.decidedAt?.toISOString() ?? null,
    }));
    return { items, total };
  }

  /** Decides what a text was. `revoked` does all that STOP does; `kept` lets go on what waited, once the last of several is read. */
  async decide(me: Who, id: string, { decision }: DecideReview): Promise<void> {
    const review = await this.find(me, id);
    if (review.decision !== null || review.standing !== 'frozen')
      throw Problem.conflict('review.decided', 'This text was decided about already. Take that back first.');
    if (decision === 'kept' && review.others > 0) {
      await this.reviews.keep(me.workspaceId, id, me.personId, new Date(this.clock.now()));
      this.live.changed(me.workspaceId, 'inbox');
      // Somebody else may have read the last of the others meanwhile.
      if ((await this.find(me, id)).others > 0) return;
    }
    const isSoon = this.clock.now() - review.at.getTime() <= CONFIRMED_WITHIN_MS;
    const confirm = isSoon && !review.revokedBefore;
    await this.place(me, review, decision === 'revoked' ? { do: 'revoke', confirm } : { do: 'release' });
  }

  /** Takes a decision back: the text waits to be read again, and what was revoked with it stands as before. */
  async undo(me: Who, id: string): Promise<void> {
    const review = await this.find(me, id);
    if (review.decision === 'kept' && review.standing === 'frozen') {
      await this.reviews.unkeep(me.workspaceId, id);
      this.live.changed(me.workspaceId, 'inbox');
      return;
    }
    const decided = review.decision === 'revoked' ? 'stopped' : review.decision === 'kept' ? 'open' : null;
    if (decided === null || review.standing !== decided || review.because !== 'person')
      throw Problem.conflict(
        'review.moved-on',
        'This cannot be taken back any more: the person has said something since, or nothing was decided.',
      );
    await this.place(me, review, { do: 'reopen' });
  }

  private async find(me: Who, id: string): Promise<ReviewCase> {
    const review = await this.reviews.find(me.workspaceId, id);
    if (!review) throw Problem.notFound('review.not-found', 'There is no such text to decide about.');
    return review;
  }

  private async place(
    { workspaceId, personId }: Who,
    { phone, senderId, text }: ReviewCase,
    doing: { do: 'revoke'; confirm: boolean } | { do: 'release' | 'reopen' },
  ): Promise<void> {
    if (senderId === null)
      throw Problem.conflict(
        'review.no-sender',
        'The program of this text has no sender any more, so nothing can be decided. Give it one first.',
      );
    const actor = { personId, given: null };
    await this.orders.place({ workspaceId, phone, senderId }, doing, { words: text, actor });
  }
}
