import { setTimeout as sleep } from 'node:timers/promises';
import { assertNever } from '#shared/assert-never.ts';
import { newId } from '#server/common/ids.ts';
import { Problem } from '#server/common/problem.ts';
import { NOBODY } from '#server/runtime/scene.ts';
import type { OrderResult } from '#shared/api/orders.ts';
import { SENDER } from '../../../support/phone-stage.ts';
import { until } from '../../../support/until.ts';
import { type Act, NODES, PEOPLE } from './acts.ts';
import { Campaigns } from './campaigns.ts';
import type { Cluster, Stage } from './cluster.ts';
import { readHistory } from './history.ts';
import { judge, NEWS, SKEW_MS, type Told } from './judge.ts';
import { Left } from './left.ts';

/** As long as nodes may believe in what a dead one, or a clock that was set back, left behind. */
const LEASES_MS = 6.5 * 60_000;
/** What meets a connection that was broken is tried again so soon. */
const SOON_MS = 3_000;
/** Longer than anything waits, but for reminders' nights. */
const LONG_MS = 13 * 3_600_000;
/** Far longer than all that is due needs on a loaded machine. */
const STUCK_MS = 20_000;
/** The same for a whole story. */
const HANGS_MS = 60_000;

let met = 0;

/** Somebody who texts: in Germany, or in Britain. */
interface Person {
  phone: string;
  /** Texts, by their gateway's ids, in the order in which they were accepted. */
  texts: string[];
  /** Ends with the last that they do. */
  doing: Promise<void>;
  /** The last text that their gateway sent once more. */
  repeated: Promise<unknown>;
  /** Was forgotten, and nothing was done with this number since. */
  isErased: boolean;
  isErasing: boolean;
  /** Orders under way. */
  ordered: number;
}

/** One story, told to people and nodes in a workspace of its own. */
export class Round {
  readonly wrong: string[] = [];
  /** What is under way, for whoever asks why it takes so long. */
  private doing = '';
  private readonly people: Person[] = Array.from({ length: PEOPLE }, (_, n) => ({
    phone: `${n % 2 === 0 ? '+491515550' : '+4477009'}${String(++met % 10_000).padStart(n % 2 === 0 ? 4 : 5, '0')}`,
    texts: [],
    doing: Promise.resolve(),
    repeated: Promise.resolve(),
    isErased: false,
    isErasing: false,
    ordered: 0,
  }));
  private readonly busy = new Set<Promise<unknown>>();
  private readonly told: Told = { orders: [], cancelled: [], latest: 0, wasSetBack: false, apart: SKEW_MS };
  private moves: string[] = [];
  private readonly campaigns: Campaigns;
  private readonly left: Left;

  constructor(
    private readonly cluster: Cluster,
    private readonly stage: Stage,
  ) {
    this.left = new Left(cluster, stage.id);
    this.campaigns = new Campaigns(cluster, stage, this.told);
  }

  async play(acts: readonly Act[]): Promise<void> {
    this.told.latest = this.cluster.latest();
    for (const [n, person] of this.people.entries()) this.says(person, n, 'TALK');
    const over = await Promise.race([
      this.tell(acts).then(() => true),
      sleep(HANGS_MS, false, { ref: false }),
    ]);
    if (!over) throw new Error(`It hangs: ${this.doing}`);
    const history = await readHistory(this.cluster.source, this.stage.id);
    const people = this.people.map(({ phone, texts }) => ({ phone, texts }));
    this.wrong.push(...judge(history, this.stage, people, this.told));
    await this.judgeErased();
  }

  private async tell(acts: readonly Act[]): Promise<void> {
    for (const act of acts) {
      this.doing = JSON.stringify(act);
      await this.act(act);
    }
    this.doing = 'the end';
    await this.end();
  }

  private async act(act: Act): Promise<void> {
    const { clock, other, source } = this.cluster;
    switch (act.do) {
      case 'says':
        this.says(this.person(act.person), act.node, act.text);
        break;
      case 'repeat':
        this.repeats(this.person(act.person), act.node);
        break;
      case 'look':
        this.begin(this.cluster.node(act.node).workers[act.worker].workDue());
        break;
      case 'plan':
        other.plans(act.answers);
        break;
      case 'release':
        other.release();
        break;
      case 'wait':
        await sleep(5);
        break;
      case 'rest':
        // Who waits for others waits on.
        await Promise.race([Promise.all(this.people.map(({ doing }) => doing)), sleep(200)]);
        break;
      case 'break':
        await this.cluster.breakConnections(null);
        break;
      case 'die':
        await this.cluster.breakConnections(act.node);
        break;
      case 'claims':
        // Those of a node that is no more.
        await source.query(
          `insert into wake_claims (run_id, holder, held_until) select id, 0, now() + interval '9 seconds' from runs
           where wake_at is not null on conflict do nothing`,
        );
        break;
      case 'clock':
        if (act.seconds < 0) this.told.wasSetBack = true;
        clock.advance(act.seconds * 1_000);
        this.noteTime();
        break;
      case 'skew':
        // What it does meanwhile is ahead of the others, or behind them when it is right again.
        this.told.wasSetBack = true;
        this.cluster.setWrong(act.node, act.seconds * 1_000);
        this.told.apart = Math.max(this.told.apart, 2_000 * Math.abs(act.seconds) + SKEW_MS);
        this.noteTime();
        break;
      case 'crowd':
        this.cluster.node(act.node).decider.isCrowded = act.crowded;
        break;
      case 'slow':
        this.cluster.node(act.node).decider.isSlow = act.slow;
        break;
      case 'order':
        this.orders(act);
        break;
      case 'publish':
        await source.query('update flows set version_id = $2, status = $3 where id = $1', [
          this.stage.flowId,
          this.stage.versions.get(act.version),
          act.standing,
        ]);
        break;
      case 'move':
        this.begin(this.moveRuns(act));
        break;
      case 'pause':
      case 'resume':
      case 'undo': {
        const move = this.moves.at(-1);
        if (move) this.begin(this.cluster.node(act.node).moves[act.do](this.me, this.stage.flowId, move));
        break;
      }
      case 'campaign':
        await this.campaigns.add(act.daily);
        break;
      case 'halt':
        this.begin(this.campaigns.move('running', 'paused'));
        break;
      case 'go-on':
        this.begin(this.campaigns.move('paused', 'running'));
        break;
      case 'cancel':
        this.begin(this.campaigns.cancel());
        break;
      case 'erase':
        this.erases(this.person(act.person), act.node);
        break;
      case 'restart':
        await this.cluster.restart(act.node);
        break;
      default:
        assertNever(act);
    }
  }

  private get me(): never {
    return { workspaceId: this.stage.id, personId: null } as never;
  }

  private person(n: number): Person {
    const person = this.people[n];
    if (!person) throw new Error(`There is no person ${n}.`);
    return person;
  }

  /** Something that goes on while the story does. What it is refused is no matter. */
  private begin(doing: Promise<unknown>): void {
    const done: Promise<unknown> = doing.catch(() => undefined).finally(() => this.busy.delete(done));
    this.busy.add(done);
  }

  private says(person: Person, node: number, text: string): void {
    person.doing = person.doing.then(async () => {
      const id = newId(this.cluster.clock.now());
      person.isErased = false;
      person.texts.push(id);
      await until(() => this.sends(person, node, text, id, id));
    });
  }

  /** The gateway sends the last text once more, somewhere else. */
  private repeats(person: Person, node: number): void {
    const last = person.texts.at(-1);
    if (last === undefined || person.isErased) return;
    person.repeated = this.sends(person, node, 'hello', newId(this.cluster.clock.now()), last);
    this.begin(person.repeated);
  }

  /** False where the gateway would be told to send it again. */
  private sends(
    { phone }: Person,
    n: number,
    text: string,
    id: string,
    gatewayMessageId: string,
  ): Promise<boolean> {
    const { inbound, clock } = this.cluster.node(n);
    const { id: workspaceId, gatewayId } = this.stage;
    return new Promise((resolve) =>
      inbound.accept({
        kind: 'text',
        id,
        workspaceId,
        gatewayId,
        phone,
        reachable: true,
        from: phone,
        to: SENDER.address,
        text,
        gatewayMessageId,
        extra: null,
        at: clock.now(),
        done: (result) => resolve('stored' in result),
      }),
    );
  }

  /** The same order twice, under one key. */
  private orders({ what, person: n, nodes, anew }: Extract<Act, { do: 'order' }>): void {
    const person = this.person(n);
    const key = newId(this.cluster.clock.now());
    const results: OrderResult[] = [];
    this.told.orders.push({ results });
    const place = async (n: number): Promise<void> => {
      await until(() => !person.isErasing);
      person.isErased = false;
      person.ordered++;
      await until(async () => {
        const { orders } = this.cluster.node(n);
        const { phone } = person;
        try {
          const result =
            what === 'start'
              ? await orders.start(this.me, this.stage.flowId, { phone, anew }, key)
              : await orders.send(this.me, { phone, text: `${NEWS}${key}`, purpose: 'legal' }, key);
          results.push(result);
          return true;
        } catch (error) {
          return error instanceof Problem && error.status !== 503;
        }
      });
      person.ordered--;
    };
    for (const node of nodes) this.begin(place(node));
  }

  private async moveRuns({ node, from, to }: Extract<Act, { do: 'move' }>): Promise<void> {
    const { id } = await this.cluster.node(node).moves.begin(this.me, this.stage.flowId, { from, to });
    this.moves.push(id);
  }

  private noteTime(): void {
    this.told.latest = Math.max(this.told.latest, this.cluster.latest());
  }

  private erases(person: Person, node: number): void {
    person.doing = person.doing.then(async () => {
      await person.repeated;
      // Under a key that was forgotten, an order is another one.
      await until(() => person.ordered === 0);
      person.isErasing = true;
      await until(async () => {
        const rows: { id: string }[] = await this.cluster.source.query(
          'select id from contacts where workspace_id = $1 and phone = $2',
          [this.stage.id, person.phone],
        );
        const [row] = rows;
        if (!row) return true;
        person.isErased = true;
        return this.cluster
          .node(node)
          .erasure.eraseContact(this.stage.id, row.id, NOBODY)
          .catch(() => false);
      });
      person.isErasing = false;
    });
  }

  /** Who was forgotten stays so, until something new happens with that number. */
  private async judgeErased(): Promise<void> {
    for (const { phone, isErased } of this.people) {
      if (!isErased) continue;
      const rows: unknown[] = await this.cluster.source.query(
        `select phone from contacts where workspace_id = $1 and phone = $2
         union all select phone from orders where workspace_id = $1 and phone = $2`,
        [this.stage.id, phone],
      );
      if (rows.length > 0) this.wrong.push(`${phone} was erased, and is back`);
    }
  }

  /** All goes well from now on: in time, all that waits has to be done. */
  private async end(): Promise<void> {
    this.cluster.other.forgetPlans();
    for (const [n, { decider }] of this.cluster.all.entries()) {
      [decider.isCrowded, decider.isSlow] = [false, false];
      this.cluster.setWrong(n, 0);
    }
    const { source } = this.cluster;
    await source.query(
      `update run_moves set status = 'running' where status = 'paused' and workspace_id = $1`,
      [this.stage.id],
    );
    await source.query(
      `update campaigns set status = 'running', trouble = null where status = 'paused' and workspace_id = $1`,
      [this.stage.id],
    );
    await source.query(`update flows set status = 'live' where id = $1`, [this.stage.flowId]);
    await this.settle();
    for (const pass of [LEASES_MS, LONG_MS]) {
      await this.pass(pass);
      // Each connection that was broken may put something off once more.
      for (let times = 0; times < 10 && (await this.left.unfinished()).length > 0; times++)
        await this.pass(SOON_MS);
      const left = await this.left.unfinished();
      if (left.length > 0) this.wrong.push(`Waits for ever: ${left.join(', ')}`);
    }
  }

  private async pass(milliseconds: number): Promise<void> {
    this.cluster.clock.advance(milliseconds);
    this.noteTime();
    await this.settle();
  }

  /** Resolves when nobody does anything and nothing is due. */
  private async settle(): Promise<void> {
    let due: string[] = [];
    const since = performance.now();
    for (let looks = 0; performance.now() - since < STUCK_MS; looks++) {
      this.cluster.other.release();
      const { calls, ...others } = this.cluster.node(looks % NODES).workers;
      const workers = [...Object.values(others).map((worker) => worker.workDue()), calls.callDue()];
      await Promise.all(workers);
      const doing = [...this.busy, ...this.people.map((person) => person.doing)];
      // Who waits for what has to be looked for waits on.
      const isQuiet = await Promise.race([Promise.all(doing).then(() => true), sleep(50).then(() => false)]);
      due = await this.left.due();
      if (isQuiet && due.length === 0) return;
    }
    this.wrong.push(`Due, and not done: ${due.join(', ')}`);
  }
}
