import type { DataSource } from 'typeorm';
import { type Counting, countInstructions } from './instructions.ts';
import { cpuSeconds, cpuSecondsOfFamily, familyOf } from './processes.ts';
import type { Batches, ServerStage } from './server-stage.ts';

/** What an interval of work cost, in CPU seconds, instructions and bytes; null where the system cannot tell. */
export interface Cost {
  node: number | null;
  postgres: number | null;
  /** The load generator: the bench's own process, unless another one was named. */
  generator: number | null;
  nodeCount: number | null;
  postgresCount: number | null;
  /** Of a load generator with a process of its own. */
  generatorCount: number | null;
  wal: number;
  /** Texts decided in one transaction, on average; null where there are no transactions. */
  batch: number | null;
}

/** The main processes of those who work. */
export interface Workers {
  node: number | null;
  postgres: number;
  generator?: number;
}

interface Reading {
  node: number | null;
  postgres: number | null;
  generator: number | null;
  wal: Promise<number>;
  batches: Promise<Batches> | null;
}

type Counts = Pick<Cost, 'nodeCount' | 'postgresCount' | 'generatorCount'>;
const NOT_COUNTED: Counts = { nodeCount: null, postgresCount: null, generatorCount: null };

/** What else a meter looks at. */
interface MeterOptions {
  server?: Pick<ServerStage, 'batches'>;
  /**
   * Instructions as well. On a virtual machine each change from one process to another takes tens of microseconds longer while they are
   * counted: nothing where a batch is decided meanwhile, and far too much where each request is such a change.
   */
  counts?: boolean;
}

/** Reads what the server, its database and the load generator have used, twice, and says the difference. */
export class Meter {
  private first: Reading | null = null;
  private last: Reading | null = null;
  private counting: (() => Promise<Counts>) | null = null;
  private counts: Promise<Counts> | null = null;

  constructor(
    private readonly source: DataSource,
    private readonly pids: Workers,
    private readonly options: MeterOptions = {},
  ) {}

  /** Work begins once the beginning is read, and the end is read at once: it needs no waiting for. */
  readonly read = async (moment: 'begin' | 'end'): Promise<void> => {
    if (moment === 'begin') {
      this.counting = this.options.counts ? await startCounting(this.pids) : async () => NOT_COUNTED;
      this.first = this.readNow();
    } else {
      this.counts = this.counting?.() ?? null;
      this.last = this.readNow();
    }
  };

  async cost(): Promise<Cost> {
    const { first, last, counts } = this;
    if (!first || !last || !counts) throw new Error('Nothing was measured.');
    return {
      node: between(first.node, last.node),
      postgres: between(first.postgres, last.postgres),
      generator: between(first.generator, last.generator),
      ...(await counts),
      wal: (await last.wal) - (await first.wal),
      batch: meanBatch(await first.batches, await last.batches),
    };
  }

  private readNow(): Reading {
    const { node, postgres, generator } = this.pids;
    const { user, system } = process.cpuUsage();
    return {
      node: node === null ? null : cpuSeconds(node),
      postgres: cpuSecondsOfFamily(postgres),
      generator: generator === undefined ? (user + system) / 1e6 : cpuSeconds(generator),
      wal: readWal(this.source),
      batches: this.options.server?.batches() ?? null,
    };
  }
}

async function startCounting({ node, postgres, generator }: Workers): Promise<() => Promise<Counts>> {
  const count = async (pids: (() => readonly number[]) | null): Promise<Counting | null> =>
    pids && (await countInstructions(pids));
  const [ofNode, ofPostgres, ofGenerator] = await Promise.all([
    count(node === null ? null : () => [node]),
    // Its connections are processes.
    count(() => familyOf(postgres)),
    count(generator === undefined ? null : () => [generator]),
  ]);
  return async () => {
    const [nodeCount, postgresCount, generatorCount] = await Promise.all([
      ofNode?.end() ?? null,
      ofPostgres?.end() ?? null,
      ofGenerator?.end() ?? null,
    ]);
    return { nodeCount, postgresCount, generatorCount };
  };
}

const between = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : to - from;

function meanBatch(from: Batches | null, to: Batches | null): number | null {
  if (!from || !to || to.batches === from.batches) return null;
  return (to.works - from.works) / (to.batches - from.batches);
}

async function readWal(source: DataSource): Promise<number> {
  const [row]: { bytes: number }[] = await source.query(
    "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes",
  );
  return row?.bytes ?? 0;
}
