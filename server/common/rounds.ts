import type { Log } from './log.ts';

export interface RoundsPlan {
  /** How often a round begins when nobody nudges, in milliseconds. */
  everyMs: number;
  /** Does what there is to do now. A long one looks at `isClosing` now and then. */
  round: () => Promise<unknown>;
  log: Log;
  /** What the log says of a round that failed. */
  complaint: string;
}

/**
 * Work that waits in the database, done in rounds: every so often, at once after a nudge, never two at a time. A round that fails is
 * logged and the next comes at its time; shutting down waits for the one under way.
 */
export class Rounds {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private nudged = false;
  private closing = false;

  constructor(private readonly plan: RoundsPlan) {}

  /** Whether the round under way should come to its end. */
  get isClosing(): boolean {
    return this.closing;
  }

  start(): void {
    this.timer = setInterval(() => {
      if (!this.running) this.nudge();
    }, this.plan.everyMs);
    this.nudge();
  }

  /** Resolves when nothing is under way any more. Later nudges do nothing. */
  async stop(): Promise<void> {
    this.closing = true;
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  /** Something may be to do: a round begins now, or after the one under way, however often it is called meanwhile. */
  nudge(): void {
    if (this.closing) return;
    this.nudged = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
      if (this.nudged) this.nudge();
    });
  }

  /** Does a whole round that begins after this call, and resolves when it is over. */
  async once(): Promise<void> {
    this.nudge();
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    try {
      while (this.nudged && !this.closing) {
        this.nudged = false;
        await this.plan.round();
      }
    } catch (error) {
      this.nudged = false;
      this.plan.log.error({ err: error }, this.plan.complaint);
    }
  }
}
