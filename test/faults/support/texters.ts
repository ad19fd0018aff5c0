import { setTimeout as sleep } from 'node:timers/promises';
import { type Accepted, acceptedSchema } from '#shared/api/inbound.ts';
import { SENDER } from '../../support/phone-stage.ts';
import { Chance } from './chance.ts';
import { REFUSED } from './far-end.ts';
import type { LoggedRace } from './judge-races.ts';
import { RACE_MS } from './racing-flow.ts';

/** A text of the log: who said what as their how many-th, and when somebody acknowledged it first. */
export interface LoggedText {
  id: string;
  phone: string;
  turn: number;
  text: string;
  isStop: boolean;
  /** The gateway refuses the reply to it for good, of which the run has to hear. */
  isRefused: boolean;
  /** Null while nobody has acknowledged it. By the clock of this process, in milliseconds. */
  acknowledgedAt: number | null;
  answers: Accepted[];
}

const PEOPLE = 24;
/** People who are asked something that soon nobody waits for any more. */
const RACERS = 12;
/** How long before that moment their reply is sent at most, in milliseconds: it takes a while on its way, as the question did. */
const NEAR_MS = 400;
const PATIENCE_MS = 15_000;
/** Between an answer and the same person's next text, in milliseconds: crashes are looked for, not the highest rate. */
const PAUSE_MS = 20;

/**
 * People who text at once, each the next text when the one before was acknowledged, by chance at any node. Nobody's acknowledgement
 * comes: the same text again under the same id, and now and then even when it came, as gateways do. After some texts a person says
 * STOP, or something the reply to which is refused by the gateway, and another takes the place. Others let a question time out, or
 * reply at that very moment.
 */
export class Texters {
  readonly log: LoggedText[] = [];
  readonly races: LoggedRace[] = [];
  /** Requests that were refused or not answered. */
  refused = 0;
  /** Texts that somebody has acknowledged. */
  acknowledged = 0;
  private talking = false;
  private everybody: Promise<void>[] = [];
  private people = 0;

  constructor(
    private readonly doors: readonly string[],
    private readonly copies: number,
    private readonly seed: number,
  ) {}

  start(): void {
    this.talking = true;
    this.everybody = Array.from({ length: PEOPLE + RACERS }, (_, n) => {
      const chance = Chance.of(this.seed, n);
      return n < PEOPLE ? this.oneAfterTheOther(chance) : this.raceAfterRace(chance);
    });
  }

  /** Resolves when everybody has said what they had begun to say, and got it acknowledged. */
  async stop(): Promise<void> {
    this.talking = false;
    await Promise.all(this.everybody);
  }

  private async oneAfterTheOther(chance: Chance): Promise<void> {
    while (this.talking) {
      const phone = `+1202${5_000_000 + this.people++}`;
      const turns = 4 + chance.wholeBelow(30);
      for (let turn = 0; this.talking && turn < turns; turn++)
        await this.say(chance, phone, turn, turn === 0 ? 'COUNT' : `t${turn - 1}`);
      if (this.talking)
        await this.say(chance, phone, turns, chance.happens(0.7) ? 'STOP' : `t${turns - 1}${REFUSED}`);
    }
  }

  private async raceAfterRace(chance: Chance): Promise<void> {
    while (this.talking) {
      const phone = `+1303${5_000_000 + this.people++}`;
      const call = await this.untilAcknowledged(chance, textOf(phone, 0, 'RACE'));
      const race: LoggedRace = { phone, call, reply: null };
      this.races.push(race);
      await sleep(RACE_MS - chance.below(NEAR_MS));
      if (chance.happens(0.5)) race.reply = await this.untilAcknowledged(chance, textOf(phone, 1, 'now'));
    }
  }

  private async say(chance: Chance, phone: string, turn: number, text: string): Promise<void> {
    const said = textOf(phone, turn, text);
    this.log.push(said);
    await this.untilAcknowledged(chance, said);
    await sleep(chance.below(PAUSE_MS * 2));
  }

  private async untilAcknowledged(chance: Chance, said: LoggedText): Promise<LoggedText> {
    while (said.acknowledgedAt === null) {
      await this.post(chance, said);
      if (said.acknowledgedAt === null) await sleep(100);
    }
    if (chance.happens(0.05)) await this.post(chance, said);
    return said;
  }

  private async post(chance: Chance, said: LoggedText): Promise<void> {
    const first = chance.wholeBelow(this.doors.length);
    await Promise.all(
      Array.from({ length: this.copies }, async (_, copy) => {
        const answer = await ask(this.doors[(first + copy) % this.doors.length] ?? '', said);
        if (answer === null) this.refused++;
        else {
          if (said.acknowledgedAt === null) this.acknowledged++;
          said.acknowledgedAt ??= performance.now();
          said.answers.push(answer);
        }
      }),
    );
  }
}

const textOf = (phone: string, turn: number, text: string): LoggedText => ({
  id: `${phone}-${turn}`,
  phone,
  turn,
  text,
  isStop: text === 'STOP',
  isRefused: text.endsWith(REFUSED),
  acknowledgedAt: null,
  answers: [],
});

async function ask(door: string, { id, phone, text }: LoggedText): Promise<Accepted | null> {
  try {
    const response = await fetch(door, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: phone, to: SENDER.address, text, id }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const body: unknown = await response.json();
    return response.ok ? acceptedSchema.parse(body) : null;
  } catch {
    return null;
  }
}
