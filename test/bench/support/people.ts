import type { Ask } from './load.ts';
import { phoneOf } from './phones.ts';
import { requestOf } from './wire.ts';

/** A text of a person and the one reply it must bring. */
export interface Line {
  says: string;
  hears: string;
}

/**
 * People who text the same conversation from its first line to its last. Each connection speaks for one person at a time; who
 * is through waits until everybody else had a turn. Every text carries an id of its own: `bench-1`, `bench-2` …
 */
export class People {
  /** Texts sent so far, all of which were answered when no connection is talking any more. */
  texts = 0;
  private readonly waiting: number[];
  private turn = 0;
  private readonly speakers = new Map<number, { person: number; line: number }>();

  constructor(
    private readonly door: string,
    private readonly sender: string,
    private readonly script: readonly Line[],
    private readonly contacts: number,
  ) {
    this.waiting = Array.from({ length: contacts }, (_, person) => person);
  }

  /** How many people have said something. */
  get spoken(): number {
    return Math.min(this.turn, this.contacts);
  }

  /** What that connection asks next; a person who began is heard to the end. */
  next(connection: number, ending: boolean): Ask | null {
    const speaker = this.speakers.get(connection) ?? { person: -1, line: this.script.length };
    this.speakers.set(connection, speaker);
    if (speaker.line >= this.script.length) {
      if (speaker.person >= 0) this.waiting.push(speaker.person);
      speaker.person = -1;
      if (ending) return null;
      speaker.person = this.takeNext();
      speaker.line = 0;
    }
    const line = this.script[speaker.line++];
    if (!line) throw new Error('The conversation has no lines.');
    return this.ask(speaker.person, line);
  }

  private takeNext(): number {
    const person = this.waiting[this.turn++];
    if (person === undefined) throw new Error('There are more connections than people: raise --contacts.');
    return person;
  }

  private ask(person: number, { says, hears }: Line): Ask {
    const text = { from: phoneOf(person), to: this.sender, text: says, id: `bench-${++this.texts}` };
    return {
      request: requestOf(this.door, text),
      replies: JSON.stringify([{ to: text.from, from: this.sender, text: hears }]),
    };
  }
}
