import { classify } from '../database/lane-connection.ts';

interface Waiting<Item> {
  item: Item;
  resolve: () => void;
  reject: (cause: unknown) => void;
}

/**
 * Writes what several callers bring, in groups: whatever came while the last group was written is the next one. What the database
 * refuses is found by halving, so that it keeps nothing else from being written.
 */
export class Grouped<Item> {
  private waiting: Waiting<Item>[] = [];
  private writing: Promise<void> | null = null;
  private unwritten = 0;
  private wakers: (() => void)[] = [];

  constructor(
    private readonly write: (items: readonly Item[]) => Promise<void>,
    /** How long a group gathers that is not the first, in milliseconds: larger groups cost less each. */
    private readonly gatherMs = 0,
    private readonly most = 1_000,
  ) {}

  /** Resolves when the item is written; rejects with what kept its group from being written. */
  add(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      this.unwritten++;
      this.waiting.push({ item, resolve, reject });
      this.writing ??= this.work().finally(() => {
        this.writing = null;
      });
    });
  }

  /** How many wait to be written. */
  get length(): number {
    return this.unwritten;
  }

  /** Resolves once it is no longer so after a group was written: whoever brings more items asks first, so that none pile up. */
  async whileSo(isSo: () => boolean): Promise<void> {
    while (isSo()) await new Promise<void>((resolve) => this.wakers.push(resolve));
  }

  private async work(): Promise<void> {
    // What comes in this very turn of the event loop goes along.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, this.most);
      await this.writeOrSplit(group);
      this.unwritten -= group.length;
      for (const wake of this.wakers.splice(0)) wake();
      if (this.waiting.length > 0 && this.gatherMs > 0)
        await new Promise((resolve) => setTimeout(resolve, this.gatherMs));
    }
  }

  private async writeOrSplit(group: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.write(group.map(({ item }) => item));
      for (const { resolve } of group) resolve();
    } catch (cause) {
      if (group.length > 1 && classify(cause) === 'data') {
        const middle = Math.ceil(group.length / 2);
        await this.writeOrSplit(group.slice(0, middle));
        await this.writeOrSplit(group.slice(middle));
      } else for (const { reject } of group) reject(cause);
    }
  }
}
