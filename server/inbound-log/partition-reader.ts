import type { ConsumerMessages } from '@nats-io/jetstream';
import { decodeEntry } from './log-entry.ts';
import type { Logged } from './log-batch.ts';
import type { LogStream } from './log-stream.ts';

/** Read ahead at most so far, so that memory stays flat however much waits in the log. */
const MOST_AHEAD = 1_000;

/** Reads one partition from a position on, a little ahead of what is decided. */
export class PartitionReader {
  readonly ahead: Logged[] = [];
  /** Of what the log holds after the last entry that was read. */
  pending = 0;
  private messages: ConsumerMessages | null = null;
  private room: (() => void) | null = null;
  private closed = false;

  constructor(
    readonly partition: number,
    /** The last entry that is decided. */
    public position: number,
    private readonly onEntry: () => void,
    private readonly onUnreadable: (seq: number, error: unknown) => void,
  ) {}

  /** Reads until it is closed. Rejects when the log cannot be read. */
  async run(stream: LogStream): Promise<void> {
    const messages = await stream.read(this.partition, this.position);
    this.messages = messages;
    if (this.closed) return this.close();
    for await (const message of messages) {
      if (this.closed) return;
      this.pending = message.info.pending;
      try {
        this.ahead.push({ partition: this.partition, seq: message.seq, work: decodeEntry(message.data) });
      } catch (error) {
        this.onUnreadable(message.seq, error);
      }
      this.onEntry();
      if (this.ahead.length >= MOST_AHEAD) await new Promise<void>((resolve) => (this.room = resolve));
    }
    if (!this.closed) throw new Error(`The reading of partition ${this.partition} has ended.`);
  }

  /**
   * Takes the next entries out; they are decided, or the reader is thrown away. What the reader before it had under way when this
   * one began has been decided meanwhile.
   */
  take(most: number): Logged[] {
    const taken = this.ahead.splice(0, most).filter(({ seq }) => seq > this.position);
    this.room?.();
    this.room = null;
    return taken;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.room?.();
    await this.messages?.close();
  }
}
