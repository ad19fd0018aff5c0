import type { ConsumerMessages } from '@nats-io/jetstream';
import { messageOf } from '../common/errors.ts';
import { decodeEntry } from './log-entry.ts';
import type { Logged } from './log-batch.ts';
import type { LogStream } from './log-stream.ts';
import { Silence } from './silence.ts';

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
  private silence: Silence | null = null;

  constructor(
    readonly partition: number,
    /** The last entry that is decided. */
    public position: number,
    private readonly onEntry: () => void,
  ) {}

  /** Reads until it is closed. Rejects when the log cannot be read, or says nothing any more. */
  async run(stream: LogStream): Promise<void> {
    const messages = await stream.read(this.partition, this.position);
    // Nobody reads it yet, and only its reader would be told that it is closed.
    if (this.closed) return void messages.close();
    this.messages = messages;
    const silence = new Silence(messages, () => this.room !== null);
    this.silence = silence;
    try {
      for await (const message of messages) {
        if (this.closed) return;
        silence.broken();
        this.pending = message.info.pending;
        this.ahead.push({ partition: this.partition, seq: message.seq, work: readEntry(message.data) });
        this.onEntry();
        if (this.ahead.length >= MOST_AHEAD) await this.untilThereIsRoom();
      }
    } finally {
      silence.end();
    }
    if (!this.closed) throw new Error(`The reading of partition ${this.partition} has ended.`);
  }

  private async untilThereIsRoom(): Promise<void> {
    await new Promise<void>((resolve) => (this.room = resolve));
    this.silence?.broken();
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

/** An entry that is no text is handed on as well: its position must be passed, or whatever waits for it waits for ever. */
function readEntry(data: Uint8Array): Logged['work'] {
  try {
    return decodeEntry(data);
  } catch (error) {
    return { kind: 'unreadable', data, reason: messageOf(error) };
  }
}
