import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#server/database/data-source.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#server/database/embedded/embedded-postgres.ts';
import { readPostmaster } from '#server/database/embedded/postmaster.ts';
import { migrate } from '#server/database/migrate.ts';
import { migrations } from '#server/migrations/index.ts';
import { findNatsServer } from '../../../scripts/nats.mjs';
import { counting } from '../../db/support/flows.ts';
import { type NatsCluster, startNatsCluster } from '../../support/nats-cluster.ts';
import { createWorkspace } from '../../support/workspace.ts';
import type { Fault } from '../fault.ts';
import { Chance } from './chance.ts';
import { FarEnd } from './far-end.ts';
import { Node } from './node.ts';
import { NotHere } from './not-here.ts';
import { RACING } from './racing-flow.ts';
import { SmallDisk } from './small-disk.ts';
import { Texters } from './texters.ts';

interface Parts {
  readonly nodes: readonly Node[];
  readonly farEnd: FarEnd;
  readonly postgres: EmbeddedPostgres;
  readonly dataDir: string;
  readonly door: string;
  readonly copies: number;
  readonly disk: SmallDisk | undefined;
  readonly nats: NatsCluster | undefined;
}

/** What a trial is given. */
export interface Trial {
  readonly fault: Fault;
  /** Of what is left to chance. */
  readonly seed: number;
  /** Says when somebody wants it to end early. */
  readonly over: AbortSignal;
}

/** More questions than anybody answers before saying STOP. */
const QUESTIONS = 40;

/** Everything a fault happens to: nodes on one PostgreSQL, a gateway that takes their texts, and people who text. */
export class Stage {
  readonly texters: Texters;
  /** Of the fault; everybody who texts has another. */
  readonly chance: Chance;

  private constructor(
    private readonly parts: Parts,
    private readonly trial: Trial,
    private readonly ends: readonly (() => unknown)[],
  ) {
    this.chance = Chance.of(trial.seed, -1);
    const doors = parts.nodes.map(({ url }) => url + parts.door);
    this.texters = new Texters(doors, parts.copies, trial.seed);
  }

  static async set(trial: Trial): Promise<Stage> {
    const ends: (() => unknown)[] = [];
    try {
      return new Stage(await set(trial, ends), trial, ends);
    } catch (error) {
      await endAll(ends);
      throw error;
    }
  }

  get nodes(): readonly Node[] {
    return this.parts.nodes;
  }

  get farEnd(): FarEnd {
    return this.parts.farEnd;
  }

  get disk(): SmallDisk {
    if (!this.parts.disk) throw new Error('This fault did not ask for a small disk.');
    return this.parts.disk;
  }

  get nats(): NatsCluster {
    if (!this.parts.nats) throw new Error('This fault did not ask for a NATS.');
    return this.parts.nats;
  }

  get databaseUrl(): string {
    return this.parts.postgres.url;
  }

  /** The database's main process, which is another one after each crash. */
  get postmaster(): number {
    const found = readPostmaster(join(this.parts.dataDir, 'postgres'));
    if (!found) throw new Error('The database does not run.');
    return found.pid;
  }

  /** One of the nodes, by chance. */
  anyNode(): Node {
    const node = this.nodes[this.chance.wholeBelow(this.nodes.length)];
    if (!node) throw new Error('There is no node.');
    return node;
  }

  /** One of the nodes that serve, by chance, when there is another one as well. */
  async oneOfSeveral(): Promise<Node> {
    for (;;) {
      const up = this.nodes.filter(({ isUp }) => isUp);
      const node = up[this.chance.wholeBelow(up.length)];
      if (node && up.length > 1) return node;
      await this.pause(50);
    }
  }

  async inDatabase<Result>(work: (source: DataSource) => Promise<Result>): Promise<Result> {
    return await withDatabase(this.databaseUrl, work);
  }

  /** Waits so long, or throws when the trial is ended early. */
  async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.trial.over });
  }

  /** Waits until the database lets somebody in again. */
  async databaseIsBack(): Promise<void> {
    for (let waited = 0; ; waited += 200) {
      try {
        await this.inDatabase((source) => source.query('select 1'));
        return;
      } catch (error) {
        if (waited > 60_000) throw error;
        await this.pause(200);
      }
    }
  }

  /** Waits until so many more texts are acknowledged: it works, or works again. */
  async heard(more: number): Promise<void> {
    const enough = this.texters.acknowledged + more;
    for (let waited = 0; this.texters.acknowledged < enough; waited += 20) {
      if (waited > 120_000) throw new Error('Nothing was acknowledged for two minutes.');
      await this.pause(20);
    }
  }

  async clear(): Promise<void> {
    await endAll(this.ends);
  }
}

async function set({ fault, over }: Trial, ends: (() => unknown)[]): Promise<Parts> {
  const dataDir = mkdtempSync(join(tmpdir(), 'textloom-faults-'));
  ends.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const disk = fault.diskMegabytes === undefined ? undefined : SmallDisk.mount(dataDir, fault.diskMegabytes);
  if (disk) ends.push(() => disk.unmount());
  const nats = fault.nats ? await openNats(fault.nats) : undefined;
  if (nats) ends.push(() => nats.close());
  const farEnd = await FarEnd.open();
  ends.push(() => farEnd.close());
  const postgres = await startEmbeddedPostgres({ dataDir });
  ends.push(() => postgres.stop());
  const { door } = await withDatabase(postgres.url, async (source) => {
    await migrate(source);
    return await createWorkspace(source, {
      flows: [counting('COUNT', QUESTIONS), RACING],
      gateway: { kind: 'http', config: { sendUrl: farEnd.url } },
    });
  });
  const durability = fault.nats === 3 ? 'replicas' : 'unsafe';
  const env: Record<string, string> = nats ? { NATS_URL: nats.url, NATS_DURABILITY: durability } : {};
  const nodes: Node[] = [];
  for (let n = 0; n < (fault.nodes ?? 2); n++) {
    over.throwIfAborted();
    const node = await Node.on(postgres.url, env);
    ends.push(() => node.stop());
    await node.run();
    nodes.push(node);
  }
  return { nodes, farEnd, postgres, dataDir, door, copies: fault.copies ?? 1, disk, nats };
}

async function openNats(size: number): Promise<NatsCluster> {
  const program = findNatsServer((sentence) => console.error(sentence));
  if (!program) throw new NotHere('no nats-server was found, and none could be brought');
  return await startNatsCluster(program, size);
}

async function withDatabase<Result>(
  url: string,
  work: (source: DataSource) => Promise<Result>,
): Promise<Result> {
  const source = await createDataSource({ url, pool: 2, migrations }).initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

/** Ends what was begun, the last first, whatever becomes of one of them. */
async function endAll(ends: readonly (() => unknown)[]): Promise<void> {
  for (const end of [...ends].reverse()) {
    try {
      await end();
    } catch (error) {
      console.error(error);
    }
  }
}
