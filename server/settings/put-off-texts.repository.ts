import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.ts';
import { Transactions } from '../database/transactions.ts';

/** So many are looked at again with one statement. */
const PIECE = 10_000;

/** Texts that wait because of limits. */
@Injectable()
export class PutOffTextsRepository {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Has them looked at again at once, those of a sender or of the whole workspace: a limit may have been raised, and they would wait
   * for tomorrow still. What waits for somebody to read a text waits on. Piece by piece, so that no STOP waits for all of them.
   */
  async lookAgain(workspaceId: string, senderId: string | null = null): Promise<void> {
    const now = new Date(this.clock.now());
    for (let texts = PIECE; texts === PIECE; )
      [, texts] = await this.transactions.manager.query<[unknown[], number]>(
        `update outbox o set due_at = $3 from (
           select o.ctid as place from outbox o
           where o.gateway_id = any(array(select g.id from gateways g where g.workspace_id = $1)) and ($2::uuid is null or o.sender_id = $2)
             and o.due_at > $3 and o.due_at < timestamptz '9999-12-31' and o.leased_until <= $3 and (o.held or o.attempts = 0)
           limit ${PIECE} for update skip locked) t
         where o.ctid = t.place`,
        [workspaceId, senderId, now],
      );
  }
}
