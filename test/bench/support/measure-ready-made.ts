import type { Row } from '../bench.ts';
import { SENDER } from '../../support/phone-stage.ts';
import { costsOf } from './costs.ts';
import type { DatabaseStage } from './database-stage.ts';
import { SCRIPT } from './double-opt-in.ts';
import { Meter } from './meter.ts';
import { recordBatches, replayBatches } from './ready-made-rows.ts';

interface ReadyMade {
  people: number;
  batchSize: number;
  /** Whether what is answered is marked as sent as well. */
  sent: boolean;
}

/** The upper bound: what the same statements cost when nobody has to parse, decide or answer. Says what it did not find stored. */
export async function measureReadyMade(
  database: DatabaseStage,
  { people, batchSize, sent }: ReadyMade,
): Promise<{ row: Row; wrong: string[] }> {
  const recorded = await database.fresh('recorded');
  const batches = await recordBatches(recorded.source, {
    workspace: database.workspace,
    sender: SENDER.address,
    texts: SCRIPT.map(({ says }) => says),
    people,
    batchSize,
  });
  const { source } = await database.fresh('ready_made');
  const first = Math.floor(batches.length / 5);
  await replayBatches(source, batches.slice(0, first), { sent });
  await source.query('vacuum analyze');
  const answered = async (): Promise<number> => {
    const [row]: { count: number }[] = await source.query(
      'select count(distinct cause_id)::float8 as count from outbound',
    );
    return row?.count ?? 0;
  };
  const before = await answered();
  const measured = batches.slice(first);
  const texts = (before / first) * measured.length;
  const meter = new Meter(source, { node: process.pid, postgres: database.pid }, { counts: true });
  const figures = await costsOf(meter, texts, () => replayBatches(source, measured, { sent }));
  const after = await answered();
  return {
    row: {
      name: `  the same SQL with ready-made rows, batches of ${batchSize}`,
      figures: { ...figures, batch: batchSize },
    },
    wrong:
      after === before + texts
        ? []
        : [`ready-made texts answered: ${after}, and ${before} of the first ${first} batches.`],
  };
}
