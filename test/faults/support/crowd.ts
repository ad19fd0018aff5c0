import { setTimeout as sleep } from 'node:timers/promises';
import { type Accepted, acceptedSchema } from '#shared/api/inbound.ts';
import { SENDER } from '../../support/phone-stage.ts';

/** A text under its gateway's id, and the first answer it got; null while nobody acknowledged it. */
export interface Sent {
  id: string;
  phone: string;
  text: string;
  answer: Accepted | null;
}

/** Many people who text at once, each the next text when the one before was answered, and remember every answer. */
export class Crowd {
  readonly sent: Sent[] = [];
  private talking = false;
  private running: Promise<void>[] = [];

  constructor(
    private readonly people: number,
    private readonly firstText: string,
  ) {}

  /** Everybody goes on where they stopped; what was not acknowledged is said again first, under the same id. */
  start(door: string): void {
    this.talking = true;
    this.running = Array.from({ length: this.people }, (_, person) => this.talk(person, door));
  }

  /** Resolves when nobody waits for an answer any more. */
  async stop(): Promise<void> {
    this.talking = false;
    await Promise.all(this.running);
  }

  get acknowledged(): Sent[] {
    return this.sent.filter(({ answer }) => answer !== null);
  }

  get unacknowledged(): Sent[] {
    return this.sent.filter(({ answer }) => answer === null);
  }

  private async talk(person: number, door: string): Promise<void> {
    const own = this.sent.filter(({ phone }) => phone === phoneOf(person));
    for (let turn = own.length; this.talking; ) {
      const open = own.find(({ answer }) => answer === null) ?? this.next(person, turn++, own);
      open.answer = await post(door, open);
      if (!open.answer) await sleep(50);
    }
  }

  private next(person: number, turn: number, own: Sent[]): Sent {
    const text = turn === 0 ? this.firstText : `t${turn - 1}`;
    const sent = { id: `${person}-${turn}`, phone: phoneOf(person), text, answer: null };
    this.sent.push(sent);
    own.push(sent);
    return sent;
  }
}

/** Sends a text; null when nobody acknowledged it. An answer that is neither is a failure of the test. */
export async function post(door: string, { id, phone, text }: Sent): Promise<Accepted | null> {
  const response = await fetch(door, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from: phone, to: SENDER.address, text, id }),
  }).catch(() => null);
  if (!response || response.status === 503) return null;
  const body = await response.json().catch(() => null);
  if (body === null) return null;
  if (response.status !== 200) throw new Error(`Answered ${response.status}: ${JSON.stringify(body)}`);
  return acceptedSchema.parse(body);
}

const phoneOf = (person: number): string => `+1202${5_000_000 + person}`;
