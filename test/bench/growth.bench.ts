import type { DataSource } from 'typeorm';
import { type Bench, type Column, type Report, type Row, sizeOf } from './bench.ts';
import { clonePeople, LOOKED_UP } from './support/clone-people.ts';
import { costColumns, costsOf } from './support/costs.ts';
import { countRows } from './support/count-rows.ts';
import { type DatabaseStage, stageDatabase } from './support/database-stage.ts';
import { ShiftedClock, stageDeciding } from './support/decide-stage.ts';
import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { meanOf } from './support/mean-of.ts';
import { Meter } from './support/meter.ts';
import { somePeople } from './support/some-people.ts';
import { warmUp } from './support/warm-up.ts';
import { figure } from './support/words.ts';

/** People stored; the last size is what `--contacts` or `--full` says. */
const SMALLEST = 10_000;
const MIDDLE = 1_000_000;
/** People who text at each size, none of them twice. */
const TEXTING = 20_000;
/**
 * So many others text before: a share of all, at most so many. PostgreSQL logs a page whole when it is touched first after a checkpoint,
 * and it should not be measured in the moment in which that is so of all pages.
 */
const BEFORE = { share: 0.1, most: 50_000 };
const KEPT = 0.65;
const MEMORY_MIB = 350;

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'MO/s', digits: 0 },
  ...costColumns('/MO'),
  { key: 'wal', title: 'WAL B/MO', digits: 0 },
  { key: 'memory', title: 'node MiB', digits: 0 },
  { key: 'highest', title: 'at most', digits: 0 },
  { key: 'disk', title: 'database MiB', digits: 0 },
];

export const growthBench: Bench = {
  name: 'growth',
  summary: 'the batch function as people grow in number: 10,000, a million, ten millions with --full',
  run: async ({ contacts, full }, say) => {
    const largest = Math.max(SMALLEST, sizeOf(contacts, full, { usual: 300_000, full: 10_000_000 }));
    const more = [...(largest > MIDDLE ? [MIDDLE] : []), ...(largest > SMALLEST ? [largest] : [])];
    const database = await stageDatabase({ flows: [doubleOptIn.definition], lists: { news: 'double' } });
    const wrong: string[] = [];
    const rows: Row[] = [];
    const atFirst = highestMebibytes();
    const part = async (size: number, name = `${figure(size)} people`): Promise<Row> => {
      say(`${name} …`);
      return { name, figures: await measure(database, size, wrong, say) };
    };
    try {
      say('Warming up …');
      await warmUp(database);
      // The smallest comes before and after the others: the machine may have become slower or faster meanwhile.
      const before = await part(SMALLEST);
      for (const size of more) rows.push(await part(size));
      const after = await part(SMALLEST, `${before.name}, again`);
      return report({ before, rows, after }, atFirst, wrong);
    } finally {
      await database.close();
    }
  },
};

function report(
  { before, rows, after }: { before: Row; rows: readonly Row[]; after: Row },
  atFirst: number,
  wrong: readonly string[],
): Report {
  const all = [before, ...rows, after];
  const largest = rows.at(-1) ?? after;
  const large = largest.figures.rate ?? 0;
  const small = meanOf([before, after]).figures.rate ?? 0;
  const memory = Math.max(...all.map(({ figures }) => figures.highest ?? 0));
  return {
    title: 'Growth: the batch function beside more and more people',
    columns: COLUMNS,
    rows: all,
    verdicts: [
      {
        what: `Batch function: ${largest.name} beside ${before.name}`,
        asked: 'falls by less than 35 %',
        measured: `${figure(large)} and ${figure(small)} MO/s`,
        ratio: { value: large / small, better: 'more' },
        met: large / small > KEPT,
      },
      {
        what: '  memory of the node throughout',
        asked: `under ${MEMORY_MIB} MiB`,
        measured: `at most ${figure(memory)} MiB with the load generator, of which the bench itself took ${figure(atFirst)} before the first text`,
        ratio: null,
        met: memory < MEMORY_MIB,
      },
    ],
    notes: [
      `${figure(TEXTING)} people at most, drawn from all of them, say JOIN, then YES, after others did. Everybody has joined once before: a finished run, a consent, two ids claimed; their old texts are not there.`,
      'The smallest size is measured before and after the others, and its mean counts. Memory at most is the highest since the start; each text with its reply, each run and consent was counted.',
    ],
    wrong,
  };
}

/** Has one person join, copies that person, and measures people who join again. */
async function measure(
  database: DatabaseStage,
  size: number,
  wrong: string[],
  say: (sentence: string) => void,
): Promise<Row['figures']> {
  const name = `growth_${size}`;
  const { url, source } = await database.fresh(name);
  const stage = await stageDeciding(url, database.workspace, new ShiftedClock());
  const talk = async (people: readonly number[]): Promise<void> => {
    for (const { says } of SCRIPT) await stage.say(people, says, 'decided');
  };
  try {
    await talk([0]);
    await clonePeople(source, { from: 1, to: size, tables: LOOKED_UP }, say);
    const before = Math.min(BEFORE.share * size, BEFORE.most);
    const everybody = somePeople(1, size, Math.min(before + TEXTING, size - 1));
    const texting = everybody.slice(before);
    say(`  ${figure(before)} people text before …`);
    await talk(everybody.slice(0, before));
    const meter = new Meter(source, { node: process.pid, postgres: database.pid }, { counts: true });
    const figures = await costsOf(meter, texting.length * SCRIPT.length, () => talk(texting));
    wrong.push(...(await check(source, size, everybody.length)));
    return {
      ...figures,
      memory: process.memoryUsage.rss() / 2 ** 20,
      highest: highestMebibytes(),
      disk: await sizeInMebibytes(source),
    };
  } finally {
    await stage.close();
    await database.drop(name);
  }
}

const highestMebibytes = (): number => process.resourceUsage().maxRSS / 1_024;

async function sizeInMebibytes(source: DataSource): Promise<number> {
  const [row]: { size: number }[] = await source.query(
    'select (pg_database_size(current_database()) / 1048576.0)::float8 as size',
  );
  return row?.size ?? 0;
}

async function check(source: DataSource, size: number, again: number): Promise<string[]> {
  const expected: Record<string, number> = {
    people: size,
    'texts decided': (1 + again) * SCRIPT.length,
    'texts with a reply': again * SCRIPT.length,
    'runs completed': size + again,
    'people who confirmed': size,
  };
  return await countRows(
    source,
    `${figure(size)} people`,
    expected,
    `select (select count(*) from contacts)::float8 as people,
       (select count(*) from inbound where status = 'decided')::float8 as "texts decided",
       (select count(distinct o.cause_id) from outbox b join outbound o on o.workspace_id = b.workspace_id and o.id = b.message_id
       )::float8 as "texts with a reply",
       (select count(*) from runs where outcome = 'completed')::float8 as "runs completed",
       (select count(*) from consents where scope like 'list:%' and state = 'confirmed')::float8 as "people who confirmed"`,
  );
}
