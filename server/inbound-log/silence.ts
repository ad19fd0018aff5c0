import type { ConsumerMessages } from '@nats-io/jetstream';

/**
 * The log gives a sign every second or so, see its stream; after so many milliseconds without one whatever reads it is gone with its
 * server. The client would ask after it for as long as that server is away.
 */
const SILENCE_MS = 6_000;
const LOOK_MS = 1_000;

/**
 * Ends a reading of the log of which nothing has been heard for too long, or which the client has begun anew by itself: it goes on
 * behind the last entry it had, also in a log that was made anew meanwhile, whose entries before that it would pass over.
 */
export class Silence {
  private heardAt = performance.now();
  private readonly timer: NodeJS.Timeout;

  /** `isHeld`: whether its reader takes nothing at the moment, so that there is nothing to be heard. */
  constructor(messages: ConsumerMessages, isHeld: () => boolean = () => false) {
    this.listen(messages).catch(() => undefined);
    this.timer = setInterval(() => {
      if (!isHeld() && performance.now() - this.heardAt > SILENCE_MS) void messages.close();
    }, LOOK_MS).unref();
  }

  /** Something came, or is waited for from now on. */
  broken(): void {
    this.heardAt = performance.now();
  }

  /** The reading is over. */
  end(): void {
    clearInterval(this.timer);
  }

  private async listen(messages: ConsumerMessages): Promise<void> {
    for await (const { type } of messages.status()) {
      if (type === 'heartbeat') this.broken();
      if (type === 'ordered_consumer_recreated') void messages.close();
    }
  }
}
