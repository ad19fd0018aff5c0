/**
 * Lets so many pieces of work be under way at a time; further ones wait for their turn. So a door that stands open to everybody never
 * holds more than a few of the connections that all share.
 */
export class FewAtOnce {
  private underWay = 0;
  private readonly turns: (() => void)[] = [];

  constructor(
    private readonly most: number,
    private readonly mostWaiting: number,
  ) {}

  /** Whether so many wait that another had better come again later. */
  get isCrowded(): boolean {
    return this.turns.length >= this.mostWaiting;
  }

  /** Does the work when it is its turn, and gives or throws what comes of it. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.underWay < this.most) this.underWay++;
    else await new Promise<void>((turn) => this.turns.push(turn));
    try {
      return await work();
    } finally {
      // Whoever is next takes the place over.
      const next = this.turns.shift();
      if (next) next();
      else this.underWay--;
    }
  }
}
