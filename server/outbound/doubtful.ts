import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../common/log.ts';
import { classify } from '../database/lane-connection.ts';
import type { ClaimedText } from './read-claimed.ts';

/** How long each look comes after the one before, in milliseconds: a commit may outlive its connection, and the database be away. */
const LOOKS_MS = [50, 1_000, 5_000, 15_000];

/**
 * Replies of batches of which nobody knows whether they were committed, because their connection ended before it said so. Their rows
 * tell: where they are, the replies go at once. Until their leases end, nobody else would send them.
 */
export class Doubtful {
  private readonly texts = new Set<ClaimedText>();
  private isOver = false;

  /** `missingOf` returns those of some texts that do not stand in the queue as they were left there, `onFound` sends the others. */
  constructor(
    private readonly missingOf: (texts: readonly ClaimedText[]) => Promise<ReadonlySet<ClaimedText>>,
    private readonly onFound: (texts: readonly ClaimedText[]) => void,
    private readonly log: Log,
  ) {}

  /** After the end nobody is left to look: other nodes find them once their leases are over. */
  add(texts: readonly ClaimedText[]): void {
    if (this.isOver) return;
    for (const text of texts) this.texts.add(text);
    void this.lookFor(texts);
  }

  /** Takes out all of them, and looks for no others. */
  end(): ClaimedText[] {
    this.isOver = true;
    const texts = [...this.texts];
    this.texts.clear();
    return texts;
  }

  private async lookFor(texts: readonly ClaimedText[]): Promise<void> {
    let left = texts;
    for (const wait of LOOKS_MS) {
      await sleep(wait, undefined, { ref: false });
      left = left.filter((text) => this.texts.has(text));
      if (left.length === 0) return;
      const missing = await this.look(left);
      const found = left.filter((text) => !missing.has(text) && this.texts.delete(text));
      if (found.length > 0) this.onFound(found);
    }
    for (const text of left) this.texts.delete(text);
  }

  /** A database that is away is waited for, and says so itself; anything else is a mistake that somebody should hear of. */
  private async look(texts: readonly ClaimedText[]): Promise<ReadonlySet<ClaimedText>> {
    try {
      return await this.missingOf(texts);
    } catch (error) {
      if (classify(error) !== 'lost')
        this.log.error({ err: error, replies: texts.length }, 'Replies in doubt could not be looked for.');
      return new Set(texts);
    }
  }
}
