import type { DataSource } from 'typeorm';
import { cpuSeconds, cpuSecondsOfFamily } from './processes.ts';
import type { Batches, ServerStage } from './server-stage.ts';

/** What an interval of work cost, in CPU seconds and bytes; null where the system cannot tell. */
export interface Cost {
  node: number | null;
  postgres: number | null;
  /** The bench's own process: the load generator. */
  generator: number;
  wal: number;
  /** Texts decided in one transaction, on average; null where there are no transactions. */
  batch: number | null;
}

interface Reading {
  node: number | null;
  postgres: number | null;
  generator: number;
  wal: Promise<number>;
  batches: Promise<Batches> | null;
}

/** Reads what the server, its database and this process have used, twice, and says the difference. */
export class Meter {
  private first: Reading | null = null;
  private last: Reading | null = null;

  constructor(
    private readonly source: DataSource,
    private readonly pids: { node: number | null; postgres: number },
    private readonly server: Pick<ServerStage, 'batches'> | null = null,
  ) {}

  readonly read = (moment: 'begin' | 'end'): void => {
    const { user, system } = process.cpuUsage();
    const reading: Reading = {
      node: this.pids.node === null ? null : cpuSeconds(this.pids.node),
      postgres: cpuSecondsOfFamily(this.pids.postgres),
      generator: (user + system) / 1e6,
      wal: readWal(this.source),
      batches: this.server?.batches() ?? null,
    };
    if (moment === 'begin') this.first = reading;
    else this.last = reading;
  };

  async cost(): Promise<Cost> {
    const { first, last } = this;
    if (!first || !last) throw new Error('Nothing was measured.');
    return {
      node: between(first.node, last.node),
      postgres: between(first.postgres, last.postgres),
      generator: last.generator - first.generator,
      wal: (await last.wal) - (await first.wal),
      batch: meanBatch(await first.batches, await last.batches),
    };
  }
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
