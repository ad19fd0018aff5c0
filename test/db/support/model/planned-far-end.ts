import type { ServerResponse } from 'node:http';
import { assertNever } from '#shared/assert-never.ts';
import { accept, answer, type Behaviour, cut, type Received } from '../far-end.ts';
import type { Answer } from './acts.ts';

/** A request as the far end saw it. */
export interface Request {
  id: string;
  to: string;
  from: string;
  /** How much of its person's past had been answered when it came. */
  after: number;
  status: 'open' | 'taken' | 'not';
}

/** A far end that answers as planned, takes what nothing is planned for, and remembers what it saw. */
export class PlannedFarEnd {
  readonly requests: Request[] = [];
  /** Requests that came while another was on its way to the same person from the same sender. */
  readonly overlaps: { of: string; with: string }[] = [];
  private plan: Answer[] = [];
  private held: (() => void)[] = [];

  constructor(private readonly answeredTo: (phone: string) => number) {}

  readonly behaviour: Behaviour = (response, received) => {
    const { id, to, from } = received.body;
    for (const other of this.requests)
      if (other.to === to && other.from === from && other.status === 'open')
        this.overlaps.push({ of: id, with: other.id });
    const request: Request = { id, to, from, after: this.answeredTo(to), status: 'open' };
    this.requests.push(request);
    response.on('close', () => {
      if (request.status === 'open') request.status = 'not';
    });
    this.give(this.plan.shift() ?? 'takes', request, response, received);
  };

  get isHolding(): boolean {
    return this.held.length > 0;
  }

  plans(answers: readonly Answer[]): void {
    this.plan.push(...answers);
  }

  forgetPlans(): void {
    this.plan = [];
  }

  release(): void {
    for (const give of this.held.splice(0)) give();
  }

  private give(what: Answer, request: Request, response: ServerResponse, received: Received): void {
    const say = (behaviour: Behaviour, status: Request['status']): void => {
      if (request.status === 'open') request.status = status;
      void behaviour(response, received);
    };
    switch (what) {
      case 'takes':
        say(accept, 'taken');
        break;
      case 'fails':
        say(answer(503), 'not');
        break;
      case 'throttles':
        say(answer(429), 'not');
        break;
      case 'cuts':
        say(cut, 'not');
        break;
      case 'hangs':
        this.held.push(() => say(accept, 'taken'));
        break;
      default:
        assertNever(what);
    }
  }
}
