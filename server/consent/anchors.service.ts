import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { sealLine } from './kept-seals.ts';
import { type Anchor, LedgerRepository } from './ledger.repository.ts';

const DAY_MS = 86_400_000;
/** A day is sealed once it has been over for so long, and nothing accepted in it waits to be decided. */
const SLACK_MS = 60 * 60_000;

/** Seals each day of the consent ledger: a hash over all its entries and the day before, so that whole chains cannot vanish unseen. */
@Injectable()
export class Anchors {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Seals every day that is over, in every workspace. Several nodes at once come to the same. */
  async sealAll(): Promise<void> {
    for (const workspaceId of await this.ledger.workspaces()) await this.seal(workspaceId);
  }

  private async seal(workspaceId: string): Promise<void> {
    let before = (await this.ledger.anchors(workspaceId)).at(-1) ?? null;
    for (;;) {
      const next = before === null ? new Date(0) : endOf(before.day);
      const day = await this.ledger.firstDay(workspaceId, next);
      if (day === null || endOf(day).getTime() + SLACK_MS > this.clock.now()) return;
      if (await this.ledger.isUndecided(workspaceId, endOf(day))) return;
      before = await this.hash(workspaceId, day, before);
      const isNew = await this.ledger.anchor(workspaceId, before, this.clock.now());
      // What goes to the log goes where the log does: a second place, which whoever rewrites the ledger does not reach.
      if (isNew)
        this.log.info({ seal: sealLine(workspaceId, before) }, 'A day of the consent ledger is sealed.');
    }
  }

  /** Looks whether every sealed day still hashes to what it was sealed with; tells the first that does not. */
  async verify(workspaceId: string): Promise<{ checked: number; broken: string | null }> {
    let before: Anchor | null = null;
    let checked = 0;
    for (const anchor of await this.ledger.anchors(workspaceId)) {
      const found = await this.hash(workspaceId, anchor.day, before);
      if (found.entries !== anchor.entries || !found.hash.equals(anchor.hash))
        return { checked, broken: anchor.day };
      before = anchor;
      checked++;
    }
    return { checked, broken: null };
  }

  private async hash(workspaceId: string, day: string, before: Anchor | null): Promise<Anchor> {
    const hash = createHash('sha256').update(day);
    if (before) hash.update(before.hash);
    let entries = 0;
    for await (const page of this.ledger.hashes(workspaceId, startOf(day), endOf(day))) {
      for (const one of page) hash.update(one);
      entries += page.length;
    }
    return { day, entries, hash: hash.digest() };
  }
}

const startOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
const endOf = (day: string): Date => new Date(startOf(day).getTime() + DAY_MS);
