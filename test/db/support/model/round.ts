import { setTimeout as sleep } from 'node:timers/promises';
import { assertNever } from '#shared/assert-never.ts';
import { newId } from '#server/common/ids.ts';
import type { WorkResult } from '#server/inbound/work.ts';
import { until } from '../../../support/until.ts';
import { phoneOf } from '../hot-path.ts';
import type { Cluster } from './cluster.ts';
import { type Act, type Limit, PEOPLE } from './acts.ts';
import { type Begun, judge, type Person, type Queued } from './judge.ts';
import { PlannedFarEnd } from './planned-far-end.ts';

/** Far longer than a text needs on a loaded machine, and than nodes wait before they look again. */
const STUCK_MS = 20_000;
/** The same where a lost connection may have left texts to nobody until their leases end. */
const LEFT_MS = 2_000;
/** Less than half a lease, so that none ends while its text is sent. */
const WHILE_MS = 20_000;

let met = 0;

/** One story, told to people and nodes; nothing is queued before it, nor after. */
export class Round {
  /** What went wrong. */
  readonly wrong: string[] = [];
  private readonly people: Person[] = Array.from({ length: PEOPLE }, () => ({
    phone: phoneOf(1_000 + met++),
    past: [],
    answered: 0,
    over: 0,
    doing: Promise.resolve(),
  }));
  private readonly farEnd = new PlannedFarEnd(
    (phone) => this.people.find((one) => one.phone === phone)?.answered ?? 0,
  );
  private readonly begun: Begun[] = [];
  private readonly ending: Promise<void>[] = [];
  private isBroken = false;

  constructor(private readonly cluster: Cluster) {}

  async play(acts: readonly Act[]): Promise<void> {
    this.cluster.stage.farEnd.behaviour = this.farEnd.behaviour;
    this.cluster.onSend = ({ id, to }) => {
      const person = this.people.find(({ phone }) => phone === to);
      if (person) this.begun.push({ id, over: person.over });
    };
    for (const [n, person] of this.people.entries()) this.says(person, n % 2, 0, 'COUNT');
    for (const act of acts) await this.act(act);
    await this.end();
    let wrong: string[] = [];
    // That a text is out may be written down after STOP has taken it from the queue.
    await this.untilNoneOf(async () => {
      wrong = await this.judge();
      return wrong.length;
    }, LEFT_MS);
    this.wrong.push(...wrong);
  }

  private async judge(): Promise<string[]> {
    const all = await this.cluster.queued(this.people.map(({ phone }) => phone));
    return this.people.flatMap((person) => {
      const own: Queued[] = all.filter(({ phone }) => phone === person.phone);
      return judge(person, own, this.begun, this.farEnd);
    });
  }

  private async act(act: Act): Promise<void> {
    const { stage } = this.cluster;
    switch (act.do) {
      case 'says':
        this.says(this.person(act.person), act.node, act.sender, act.text);
        break;
      case 'all-say':
        for (const person of this.people) this.says(person, act.node, 0, act.text);
        break;
      case 'hear':
        await this.heard();
        break;
      case 'order':
        this.orders(this.person(act.person), act.node, act.sender);
        break;
      case 'plan':
        this.farEnd.plans(act.answers);
        break;
      case 'release':
        this.farEnd.release();
        break;
      case 'tick':
        stage.clock.advance(1_000);
        break;
      case 'wait':
        await sleep(15);
        break;
      case 'pass':
        await this.rest();
        stage.clock.advance(WHILE_MS);
        break;
      case 'break':
        this.isBroken = true;
        await this.cluster.breakConnections();
        break;
      case 'switch':
        await this.cluster.stopSending(act.stopped);
        break;
      case 'limit':
        await this.limit(act.limit);
        break;
      case 'restart':
        // A request without an answer would be cut short, and go again.
        await this.rest();
        await this.cluster.restart(act.node);
        break;
      default:
        assertNever(act);
    }
  }

  private person(n: number): Person {
    const person = this.people[n];
    if (!person) throw new Error(`There is no person ${n}.`);
    return person;
  }

  private says(person: Person, node: number, sender: number, text: string): void {
    const id = newId(this.cluster.now);
    this.does(person, { cause: id, stops: text === 'STOP' }, async () => {
      const { gatewayId, address } = this.cluster.sender(sender);
      const more = { id, gatewayMessageId: id, gatewayId, to: address };
      await this.cluster.node(node).says(person.phone, text, more);
    });
  }

  /** A text that answers none of theirs. */
  private orders(person: Person, node: number, sender: number): void {
    const text = `News ${newId(this.cluster.now)}`;
    this.does(person, { cause: text, stops: false }, async () => {
      const at = this.cluster.now;
      const result = await new Promise<WorkResult>((done) =>
        this.cluster.node(node).inbound.accept({
          kind: 'run',
          workspaceId: this.cluster.stage.workspace.id,
          phone: person.phone,
          senderId: this.cluster.sender(sender).id,
          at,
          happening: { kind: 'text', text, purpose: 'legal', list: null, at },
          done,
        }),
      );
      if ('error' in result) throw result.error;
    });
  }

  /** Does it after what the person did before, and again until it is accepted, as gateways do. */
  private does(person: Person, what: Person['past'][number], act: () => Promise<void>): void {
    person.doing = person.doing.then(async () => {
      person.past.push(what);
      const tried = (): Promise<boolean> =>
        act().then(
          () => true,
          () => false,
        );
      await until(tried);
      person.answered = person.past.length;
      if (what.stops) this.ends(person, person.answered);
    });
  }

  /** After a while, what was to go before has begun. */
  private ends(person: Person, answered: number): void {
    // Where connections end meanwhile, nobody knows.
    const over = this.cluster.settled().then(
      () => {
        person.over = Math.max(person.over, answered);
      },
      () => undefined,
    );
    this.ending.push(over);
  }

  /** Resolves when nobody does anything any more, and what that ends is over. */
  private async heard(): Promise<void> {
    await Promise.all(this.people.map(({ doing }) => doing));
    await Promise.all(this.ending.splice(0));
  }

  private async limit(limit: Limit): Promise<void> {
    const operators = limit === 'operator' ? [{ operator: 'US', perSecond: 2, mostADay: null }] : [];
    await this.cluster.limit(limit === 'pace' ? 5 : null, operators);
  }

  /** Resolves when nobody does anything and nothing is on its way. */
  private async rest(): Promise<void> {
    await this.heard();
    const patience = this.isBroken ? LEFT_MS : STUCK_MS;
    const left = await this.untilNoneOf(() => this.cluster.leased(), patience);
    if (left > 0 && !this.isBroken) this.wrong.push(`${left} are claimed, and nobody sends them`);
  }

  /** All goes well from now on: in time, all that waits has to go. */
  private async end(): Promise<void> {
    await this.cluster.stopSending(false);
    await this.limit('none');
    this.farEnd.forgetPlans();
    for (let times = 0; times < 40 && this.wrong.length === 0; times++) {
      await this.rest();
      const left = await this.untilNoneOf(() => this.cluster.due(), STUCK_MS);
      if (left > 0) this.wrong.push(`${left} are due, and do not go`);
      await this.rest();
      if ((await this.cluster.waiting()) === 0) return;
      this.cluster.stage.clock.advance(WHILE_MS);
    }
    this.wrong.push(`${await this.cluster.waiting()} wait to the end`);
  }

  /** Waits until there are none, or for so long no fewer; returns how many there are. */
  private async untilNoneOf(count: () => Promise<number>, patience: number): Promise<number> {
    let [fewest, since] = [Number.POSITIVE_INFINITY, 0];
    await until(async () => {
      if (this.farEnd.isHolding) since = performance.now();
      this.farEnd.release();
      const now = await count();
      if (now < fewest) [fewest, since] = [now, performance.now()];
      return now === 0 || performance.now() - since > patience;
    }, 5);
    return fewest;
  }
}
