import type { Clock } from '../../common/clock.ts';
import { Problem } from '../../common/problem.ts';
import type { LoadName, LoadPlace, LoadsRepository } from './loads.repository.ts';

/** How often is told how far it is, in milliseconds. */
const EVERY_MS = 400;

/** A loading as whoever does it sees it: says how far it is while it goes on, and hears when somebody calls it back. */
export class LoadUnderWay {
  private place: LoadPlace;
  private isCalledBack = false;
  private telling: Promise<void> | null = null;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly loads: LoadsRepository,
    private readonly name: LoadName,
    private readonly clock: Clock,
    total: number,
  ) {
    this.place = { step: 'waiting', done: 0, total };
    this.timer = setInterval(() => this.tell(), EVERY_MS).unref();
  }

  /** So far it is. Throws where it was called back. */
  at(step: LoadPlace['step'], done: number, total: number): void {
    this.place = { step, done, total };
    if (this.isCalledBack) throw calledBack();
  }

  /** The last moment at which it can be called back: throws where it was. What is done by then stays. */
  async settle(): Promise<void> {
    await this.quiet();
    if (!(await this.loads.end(this.name, this.now()))) throw calledBack();
  }

  /** Says nothing any more. */
  async quiet(): Promise<void> {
    clearInterval(this.timer);
    await this.telling;
  }

  private tell(): void {
    this.telling ??= this.loads
      .tell(this.name, this.place, this.now())
      .then((isCalledBack) => {
        this.isCalledBack ||= isCalledBack;
      })
      // A database that is away fails the loading itself.
      .catch(() => undefined)
      .finally(() => {
        this.telling = null;
      });
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}

const calledBack = (): Problem =>
  Problem.conflict('voucher.called-back', 'It was stopped: none of these codes is in the pool.');
