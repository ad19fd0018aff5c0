/** What slices are measured and put off with; a worker's own in the editor, a test's in tests. */
export interface Pauses {
  /** Milliseconds. */
  now: () => number;
  /** Does something once whoever waits has been heard. */
  later: (go: () => void) => void;
}

/** How long a slice may take, in milliseconds: long enough to be worth its pause, too short to be waited for. */
const SLICE = 12;

/** Does one thing at a time in slices of some milliseconds, so that whoever wants something else is heard in between. */
export class Slices {
  private work: Iterator<unknown> | null = null;

  constructor(private readonly pauses: Pauses) {}

  /** Does this from now on. What was under way is given up without a word. */
  instead(work: Iterator<unknown>): void {
    const isIdle = this.work === null;
    this.work = work;
    if (isIdle) this.pauses.later(this.slice);
  }

  private readonly slice = (): void => {
    const until = this.pauses.now() + SLICE;
    while (this.work && this.pauses.now() < until) {
      const { work } = this;
      // What throws is not taken up again.
      this.work = null;
      if (!work.next().done) this.work = work;
    }
    if (this.work) this.pauses.later(this.slice);
  };
}

/** A pause of a worker or a page: messages that have come meanwhile are taken first. */
export function messagePauses(): Pauses {
  const { port1, port2 } = new MessageChannel();
  let waiting: (() => void)[] = [];
  port1.onmessage = () => {
    const due = waiting;
    waiting = [];
    for (const go of due) go();
  };
  return {
    now: () => performance.now(),
    later: (go) => {
      waiting.push(go);
      port2.postMessage(null);
    },
  };
}
