import { assertNever } from '#shared/assert-never.ts';
import type { OutsideAnswer } from '#server/common/outside/outside-http.ts';
import type { Answer } from './acts.ts';

/** The system that conversations call: answers as planned, takes what nothing is planned for, and tells under which key it was asked. */
export class OtherSystem {
  private plan: Answer[] = [];
  private held: (() => void)[] = [];

  readonly ask = (id: string): Promise<OutsideAnswer> => {
    const takes: OutsideAnswer = { outcome: 'answered', status: 200, body: JSON.stringify({ call: id }) };
    const what = this.plan.shift() ?? 'takes';
    switch (what) {
      case 'takes':
        return Promise.resolve(takes);
      case 'fails':
        return Promise.resolve({ outcome: 'failed', reason: 'It is away.' });
      case 'outlasts':
        return Promise.resolve({ outcome: 'timeout' });
      case 'cuts':
        return Promise.resolve({ outcome: 'cut' });
      case 'hangs':
        return new Promise((resolve) => this.held.push(() => resolve(takes)));
      default:
        return assertNever(what);
    }
  };

  plans(answers: readonly Answer[]): void {
    this.plan.push(...answers);
  }

  forgetPlans(): void {
    this.plan = [];
  }

  release(): void {
    for (const give of this.held.splice(0)) give();
  }
}
