/**
 * A semaphore: at most `most` pieces of work run at once, and the others wait in line. It keeps a door that is open to everybody
 * from taking more than a few of the connections that all requests share.
 */
export class FewAtOnce {
  private underWay = 0;
  private readonly turns: (() => void)[] = [];

  constructor(
    private readonly most: number,
    private readonly mostWaiting: number,
  ) {}

  /** Whether the line is full: refuse the request and let it be sent again later. */
  get isCrowded(): boolean {
    return this.turns.length >= this.mostWaiting;
  }

  /** Runs the work in its turn, and returns or throws what it does. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.underWay < this.most) this.underWay++;
    else await new Promise<void>((turn) => this.turns.push(turn));
    try {
      return await work();
    } finally {
      // The place goes straight to the next in line.
      const next = this.turns.shift();
      if (next) next();
      else this.underWay--;
    }
  }
}
