import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.ts';
import { forgetOldest } from '../common/forget-oldest.ts';
import { type ScoreCount, type Scored, SurveysRepository } from './surveys.repository.ts';

/** Scores, and when they were counted, in milliseconds since 1970. */
export interface Counted {
  counts: readonly ScoreCount[];
  at: number;
}

interface Kept {
  counted: Promise<Counted>;
  /** Until when it is told again. */
  until: number;
}

/** In milliseconds a person: a minute where 300,000 gave a score, which takes up to a second or two to count. */
const KEPT_PER_PERSON = 0.2;
const MOST = 1_000;

/** Counts scores, and those of many people not anew for everybody who looks: the database has more urgent things to do. */
@Injectable()
export class KeptCounts {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly surveys: SurveysRepository,
    private readonly clock: Clock,
  ) {}

  /** The scores kept under this name, by the versions of a test. Whoever asks while they are counted gets the same answer. */
  of(scored: Scored, test: string | null): Promise<Counted> {
    const { workspaceId, flowId, answer } = scored;
    const key = [workspaceId, flowId, answer, test ?? ''].join(' ');
    const at = this.clock.now();
    const known = this.kept.get(key);
    if (known && at < known.until) return known.counted;
    const counted = this.surveys.scores(scored, test, at).then((counts) => ({ counts, at }));
    const entry: Kept = { counted, until: Number.POSITIVE_INFINITY };
    this.kept.set(key, entry);
    forgetOldest(this.kept, MOST);
    counted.then(
      ({ counts }) => {
        const people = counts.reduce((sum, one) => sum + one.people, 0);
        entry.until = at + people * KEPT_PER_PERSON;
      },
      () => this.kept.delete(key),
    );
    return counted;
  }
}
