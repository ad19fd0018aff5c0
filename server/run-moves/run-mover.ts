import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { clientTransaction } from '../database/client-transaction.ts';
import { classify } from '../database/lane-connection.ts';
import { unlessAgain } from '../database/unless-again.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { type MovablePlace, verdictsOf, type WaitingPlace } from './movable-places.ts';
import { type ClaimedMove, claimMove, moveBatch, type Passage } from './move-batch.ts';

/** How often is looked when nobody nudges, in milliseconds. */
const EVERY_MS = 2_000;

/** Works on moves of waiting runs, a batch a transaction, on whichever node takes them. */
@Injectable()
export class RunMover extends RoundsWorker {
  constructor(
    private readonly database: DataSource,
    private readonly flows: FlowCache,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly live: LiveFeed,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'Runs could not be moved.' });
  }

  protected async round(): Promise<void> {
    for (;;) {
      const move = this.isClosing
        ? null
        : await clientTransaction(this.database, (client) => claimMove(client, this.clock.now()));
      if (!move) return;
      await this.help(move);
      this.live.changed(move.workspace_id, 'flows');
    }
  }

  /** One that fails is left alone until its lease ends, and keeps no other from its turn. */
  private async help(move: ClaimedMove): Promise<void> {
    try {
      const passage = await this.passageOf(move);
      await unlessAgain(() =>
        clientTransaction(this.database, (client) => moveBatch(client, passage, this.clock.now())),
      );
    } catch (error) {
      if (classify(error) !== 'data') throw error;
      this.log.error(
        { err: error, moveId: move.id },
        'Runs could not be moved, and are tried again in a minute.',
      );
    }
  }

  /** Where the runs of a move may go along: forth as it was chosen, back wherever the old version has the place. */
  private async passageOf(move: ClaimedMove): Promise<Passage> {
    const isUndo = move.status === 'undoing';
    const [fromVersionId, toVersionId] = isUndo
      ? [move.to_version_id, move.from_version_id]
      : [move.from_version_id, move.to_version_id];
    const numbers = isUndo
      ? { from: move.to_number, to: move.from_number }
      : { from: move.from_number, to: move.to_number };
    const versions = await this.flows.load([fromVersionId, toVersionId]);
    const [from, to] = [versions.get(fromVersionId), versions.get(toVersionId)];
    // Another node may know them. Without them nobody seems to have a place to go to.
    if (!from || !to) throw new Error('A version does not open here.');
    const movable = (waiting: readonly WaitingPlace[]): MovablePlace[] => {
      const wanted = waiting.filter(({ node }) => isUndo || move.nodes.includes(node));
      return verdictsOf(from, to, wanted).filter(({ verdict }) => verdict !== 'gone');
    };
    return { move, fromVersionId, toVersionId, numbers, movable };
  }
}
