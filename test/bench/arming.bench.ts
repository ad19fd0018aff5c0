import { type Bench, type Column, type Row, sizeOf } from './bench.ts';
import { arm, FEW } from './support/arm.ts';
import { costColumns } from './support/costs.ts';
import { stageDatabase } from './support/database-stage.ts';
import { doubleOptIn } from './support/double-opt-in.ts';
import { meanOf } from './support/mean-of.ts';
import { WARM_UP, warmUp } from './support/warm-up.ts';
import { figure } from './support/words.ts';

/** What an index of that size may add. */
const KEPT = 1.35;

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'MO/s', digits: 0 },
  ...costColumns('/MO'),
  { key: 'wal', title: 'WAL B/MO', digits: 0 },
];

export const armingBench: Bench = {
  name: 'arming',
  summary: 'a text that arms a wake-up, beside many that wait; ten millions with --full',
  run: async ({ contacts, full }, say) => {
    const many = Math.max(10 * FEW, sizeOf(contacts, full, { usual: 300_000, full: 10_000_000 }));
    const database = await stageDatabase({ flows: [doubleOptIn.definition], lists: { news: 'double' } });
    const wrong: string[] = [];
    const part = async (waiting: number, more = ''): Promise<Row> => {
      say(`A wake-up armed beside ${figure(waiting)} others …`);
      const row = await arm(database, waiting, wrong, say);
      return { ...row, name: `${row.name}${more}` };
    };
    let rows: readonly [Row, Row, Row];
    try {
      say('Warming up …');
      await warmUp(database, Math.min(WARM_UP, many));
      // The few come before and after the many: the machine may have become slower or faster meanwhile.
      rows = [await part(FEW), await part(many), await part(FEW, ', again')];
    } finally {
      await database.close();
    }
    const [before, large, after] = rows;
    const among = cpuOf(large);
    const alone = cpuOf(meanOf([before, after]));
    return {
      title: 'Arming: a wake-up beside many that wait',
      columns: COLUMNS,
      rows,
      verdicts: [
        {
          what: `A wake-up armed beside ${figure(many)} that wait, and beside ${FEW}`,
          asked: 'no more than an index',
          measured: `${figure(among)} and ${figure(alone)} µs/MO, the text and its answer in it`,
          ratio: { value: among / alone, better: 'less' },
          met: among <= KEPT * alone,
        },
      ],
      notes: ['The few are measured before and after the many, and their mean counts.'],
      wrong,
    };
  },
};

const cpuOf = ({ figures }: Row): number => (figures.node ?? Number.NaN) + (figures.postgres ?? 0);
