// The load generator of benches that offer a rate, in a process of its own: see crowd-process.ts.
import { connect, type Socket } from 'node:net';
import {
  ANSWERS,
  type CrowdPlace,
  type CrowdTold,
  type Offer,
  type Offered,
  type Passing,
} from './crowd-process.ts';
import { quantile } from './load.ts';
import { phoneOf } from './phones.ts';
import { type Answer, answerOf, requestOf } from './wire.ts';

/** A server that is so far behind does not hold the rate; the rest is not said, in milliseconds. */
const FAR_BEHIND_MS = 4_000;
/** How long the next answer is waited for once everything was said. */
const PATIENCE_MS = 60_000;

interface Talker {
  socket: Socket;
  received: string;
  /** The text whose answer is waited for, counted from the first of the offer. */
  text: number;
  /** A text before this one may have been refused, so that any line's answer may be the right one; the rows are checked afterwards. */
  replies: readonly string[];
}

/** Keep-alive connections with one request in flight each, which say texts when their time has come and a connection is free. */
class Crowd {
  private readonly free: Talker[] = [];
  private heard: (text: number, answer: Answer) => void = () => undefined;

  constructor(private readonly place: CrowdPlace) {}

  async open(): Promise<void> {
    await Promise.all(Array.from({ length: this.place.connections }, () => this.openOne()));
  }

  /** Offers texts at an even rate, whatever becomes of those before. Latencies count from when a text was due, not from when it was said. */
  offer(
    { rate, seconds, first, firstPerson, people, script, tellEvery = Number.POSITIVE_INFINITY }: Offer,
    tell: (passing: Passing) => void,
  ): Promise<Offered> {
    const total = Math.round(rate * seconds);
    const latencies = new Float32Array(total).fill(Number.NaN);
    const answers = new Uint8Array(total);
    const { door, sender } = this.place;
    const began = performance.now();
    const beganAt = Date.now();
    const dueAt = (text: number): number => began + (text / rate) * 1_000;
    let said = 0;
    let answered = 0;
    let lastAnswer = began;
    const stretch = new Stretch(began);

    const say = (now: number): void => {
      while (said < total && dueAt(said) <= now) {
        // The one that was silent longest: the server closes connections that nobody uses.
        const talker = this.free.shift();
        if (!talker) return;
        const text = said++;
        const nth = first + text;
        const line = script[Math.min(Math.floor(nth / people), script.length - 1)];
        if (!line) throw new Error('The crowd has nothing to say.');
        const from = phoneOf(firstPerson + (nth % people));
        talker.text = text;
        talker.replies = script.map(({ hears }) => JSON.stringify([{ to: from, from: sender, text: hears }]));
        const request = requestOf(door, { from, to: sender, text: line.says, id: `crowd-${nth}` });
        talker.socket.write(request, 'latin1');
      }
    };
    this.heard = (text, answer) => {
      lastAnswer = performance.now();
      latencies[text] = lastAnswer - dueAt(text);
      answers[text] = ANSWERS.indexOf(answer);
      answered++;
      stretch.heard(answer, latencies[text] ?? 0);
      say(lastAnswer);
    };
    return new Promise((resolve) => {
      let isOver = false;
      const timer = setInterval(() => {
        const now = performance.now();
        if (now - stretch.since >= tellEvery * 1_000) {
          const due = Math.min(total, Math.floor(((now - began) / 1_000) * rate));
          tell({ at: (now - began) / 1_000, waiting: due - answered, ...stretch.end(now) });
        }
        isOver ||= said === total || now - dueAt(said) > FAR_BEHIND_MS;
        if (!isOver) return say(now);
        if (answered < said && now - lastAnswer < PATIENCE_MS) return;
        clearInterval(timer);
        resolve({ said, latencies, answers, beganAt });
      }, 1);
    });
  }

  private openOne(): Promise<void> {
    const { host, port } = this.place;
    return new Promise((resolve) => {
      const socket = connect({ host, port, noDelay: true });
      const talker: Talker = { socket, received: '', text: 0, replies: [] };
      const end = (why: string): void => {
        console.error(why);
        process.exit(1);
      };
      socket.setEncoding('latin1');
      socket.once('connect', () => {
        this.free.push(talker);
        resolve();
      });
      socket.once('error', (error) => end(`A connection broke: ${error.message}`));
      socket.once('close', () => {
        const place = this.free.indexOf(talker);
        if (place < 0) return end('The server closed a connection.');
        this.free.splice(place, 1);
        void this.openOne();
      });
      socket.on('data', (chunk: string) => {
        talker.received = talker.received === '' ? chunk : talker.received + chunk;
        const answer = answerOf(talker.received, talker.replies);
        if (answer === null) return;
        if (answer === 'wrong') end(`A wrong answer: ${talker.received}`);
        talker.received = '';
        this.free.push(talker);
        this.heard(talker.text, answer);
      });
    });
  }
}

const NONE: Readonly<Record<Answer, number>> = { decided: 0, pending: 0, refused: 0, wrong: 0 };

/** The answers of some seconds. */
class Stretch {
  private counts = { ...NONE };
  private latencies: number[] = [];

  constructor(public since: number) {}

  heard(answer: Answer, latency: number): void {
    this.counts[answer]++;
    if (answer === 'decided') this.latencies.push(latency);
  }

  /** What was heard since the last time. */
  end(now: number): Omit<Passing, 'at' | 'waiting'> {
    const { decided, pending, refused } = this.counts;
    const p99 = quantile(Float64Array.from(this.latencies).sort(), 0.99);
    const seconds = (now - this.since) / 1_000;
    this.counts = { ...NONE };
    this.latencies = [];
    this.since = now;
    return { seconds, decided, pending, refused, p99 };
  }
}

const crowd = new Crowd(JSON.parse(process.argv[2] ?? ''));
await crowd.open();
process.send?.('ready');
const say = (told: CrowdTold): void => void process.send?.(told);
process.on(
  'message',
  (offer: Offer) =>
    void crowd.offer(offer, (passing) => say({ passing })).then((offered) => say({ offered })),
);
process.once('disconnect', () => process.exit(0));
