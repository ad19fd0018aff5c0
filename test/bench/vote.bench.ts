import { SENDER } from '../support/phone-stage.ts';
import { type Bench, type BenchOptions, type Column, type Report, type Row, sizeOf } from './bench.ts';
import { answersOf } from './support/answers-of.ts';
import { checkVotes } from './support/check-votes.ts';
import { type CrowdPlace, startCrowd } from './support/crowd-process.ts';
import { type DatabaseStage, stageDatabase } from './support/database-stage.ts';
import { load, quantile } from './support/load.ts';
import { People } from './support/people.ts';
import { type Profile, profileOf } from './support/profile.ts';
import { stageServer } from './support/server-stage.ts';
import { BALLOT, FIRST, VOTE, voteFlow } from './support/vote-flow.ts';
import { DURABLE_MS, holds, type Tried, Vote } from './support/vote.ts';
import { figure } from './support/words.ts';

/** A national vote: 5 million texts in five minutes. */
const ASKED_RATE = 16_667;
/** Seconds of a try while the rate that holds is searched for. */
const TRY_SECONDS = { usual: 6, full: 15 };
const FIRST_TRY = 1_000;
const WARM_UP_RATES = [200, 500];
/** Seconds in which half of a rate that was named is said before it is held: then all that is hot is compiled. */
const WARM_UP_SECONDS = 10;
/** The search ends when the rate that holds and one that does not are so close. */
const CLOSE = 1.12;
/** Seconds in which instructions are counted after the rate was held, which slows everybody down. */
const COUNTED = 10;
/** What holds for seconds may not hold for minutes: how often the rate is lowered, and to what share of it. */
const LOWERED = { times: 4, to: 0.88 };
/** The held time is told in so many parts, so that one sees whether anything grows. */
const PARTS = 5;

const COLUMNS: readonly Column[] = [
  { key: 'offered', title: 'offered/s', digits: 0 },
  { key: 'p50', title: 'p50 ms', digits: 1 },
  { key: 'p99', title: 'p99 ms', digits: 1 },
  { key: 'durable', title: 'durable p99', digits: 0 },
  { key: 'pending', title: 'pending', digits: 0 },
  { key: 'refused', title: 'refused', digits: 0 },
  { key: 'node', title: 'node µs/MO', digits: 1 },
  { key: 'postgres', title: 'postgres µs/MO', digits: 1 },
  { key: 'generator', title: 'generator µs/MO', digits: 1 },
  { key: 'nodeCount', title: 'node k instr.', digits: 1 },
  { key: 'postgresCount', title: 'postgres', digits: 1 },
  { key: 'generatorCount', title: 'generator', digits: 1 },
  { key: 'memory', title: 'node MiB', digits: 0 },
  { key: 'heap', title: 'heap MiB', digits: 0 },
];

export const voteBench: Bench = {
  name: 'vote',
  summary: 'a vote on television over HTTP: the highest even rate that holds, or --rate; 300 s with --full',
  run: async (options, say) => {
    const profile = profileOf(options.profile);
    const database = await stageDatabase({ flows: [voteFlow], contests: { [VOTE]: null } }, profile.settings);
    try {
      return await measure(database, profile, options, say);
    } finally {
      await database.close();
    }
  },
};

async function measure(
  database: DatabaseStage,
  profile: Profile,
  options: BenchOptions,
  say: (sentence: string) => void,
): Promise<Report> {
  const { url, source } = await database.fresh('vote');
  const server = await stageServer(url, { [FIRST.says]: FIRST.hears }, [
    ...options.serverFlags,
    ...profile.flags,
  ]);
  const place = {
    host: server.host,
    port: server.port,
    door: database.workspace.door,
    sender: SENDER.address,
    connections: Math.max(...(options.connections ?? [512])),
  };
  const seconds = sizeOf(options.seconds, options.full, { usual: 20, full: 300 });
  const people = sizeOf(options.contacts, options.full, { usual: 100_000, full: 2_000_000 });
  const crowd = await startCrowd(place);
  const pids = { node: server.pid, postgres: database.pid, generator: crowd.pid };
  const vote = new Vote(source, server, crowd, pids, people);
  let wrong: string[];
  let held: Held;
  let notes: string[];
  let bare: number;
  try {
    say('Warming up …');
    for (const rate of WARM_UP_RATES) await vote.offer(rate, options.warmUp);
    // A search goes on warming up as it tries.
    if (options.rate !== null) await vote.offer(options.rate / 2, WARM_UP_SECONDS);
    await source.query('vacuum analyze');
    const rate = options.rate ?? (await search(vote, options.full, say));
    held = await hold(vote, rate, seconds, options.rate === null ? LOWERED.times : 0, profile, say);
    notes = await profile.statements(source, held.whole.texts);
    say('Counting instructions at that rate …');
    const counted = await vote.offer(held.whole.rate, Math.min(COUNTED, seconds), { counts: true });
    const { nodeCount = null, postgresCount = null, generatorCount = null } = counted.tried.row.figures;
    held.whole.row.figures = { ...held.whole.row.figures, nodeCount, postgresCount, generatorCount };
    say('A route that only parses and answers …');
    bare = await bareRate(place, options.warmUp);
    say('Checking every row …');
    wrong = await checkVotes(source, { ...vote.heard, people, script: BALLOT });
  } finally {
    crowd.close();
    await server.close();
  }
  const { whole, parts } = held;
  return {
    title: `Vote: ${figure(whole.rate)} texts a second for ${seconds} s by ${figure(people)} people, ${place.connections} connections`,
    columns: COLUMNS,
    rows: [whole.row, ...parts],
    verdicts: [
      {
        what: `A TV vote over HTTP for ${seconds} s, nothing refused, lost or doubled`,
        asked: `${figure(ASKED_RATE)} MO/s, replies durable p99 under ${DURABLE_MS / 1_000} s`,
        measured: `${holds(whole) ? '' : 'did not hold: '}${figure(whole.rate)} MO/s, durable p99 ${figure(whole.row.figures.durable)} ms; ${bare < ASKED_RATE ? 'more is not measurable here, because ' : ''}a route that only parses and answers reaches ${figure(bare)} MO/s`,
        ratio: { value: whole.rate / bare, better: 'more' },
        met: holds(whole) && whole.rate >= ASKED_RATE ? true : bare >= ASKED_RATE ? false : null,
      },
    ],
    notes: [
      `${figure(vote.heard.acknowledged)} texts checked, those of every try: stored and decided once, one reply each, one vote a person, in order.`,
      'Latencies count from when a text was due. "Durable" is when its reply was committed: the answer, or the decision where it was pending.',
      whole.went,
      ...notes,
      ...profile.functions(),
    ],
    wrong:
      options.rate !== null && !holds(whole)
        ? [...wrong, `${figure(whole.rate)} texts a second did not hold.`]
        : wrong,
  };
}

/** What the same connections get from a route that only parses and answers, each asking again as soon as it is answered. */
async function bareRate(place: CrowdPlace, seconds: number): Promise<number> {
  const people = new People('/in/parse-only', place.sender, BALLOT.slice(0, 1), 2 * place.connections);
  const { answered, seconds: measured } = await load({
    ...place,
    warmUp: 1,
    seconds,
    next: (connection, ending) => people.next(connection, ending),
    onMeasure: async () => undefined,
  });
  return answered / measured;
}

interface Held {
  whole: Tried;
  parts: Row[];
}

/** The highest rate that holds for a few seconds: doubled until it does not, then between the two. One failure may be chance. */
async function search(vote: Vote, full: boolean, say: (sentence: string) => void): Promise<number> {
  const seconds = full ? TRY_SECONDS.full : TRY_SECONDS.usual;
  const tryOnce = async (rate: number): Promise<boolean> => {
    const { tried } = await vote.offer(rate, seconds);
    const does = holds(tried);
    say(
      `${figure(rate)} texts a second ${does ? 'hold' : 'do not hold'}: durable p99 ${figure(tried.row.figures.durable)} ms.`,
    );
    return does;
  };
  let good = 0;
  let bad = Number.POSITIVE_INFINITY;
  for (let rate = FIRST_TRY; good < ASKED_RATE && bad / Math.max(good, 1) > CLOSE; ) {
    if ((await tryOnce(rate)) || (await tryOnce(rate))) good = rate;
    else bad = rate;
    if (bad < 20) throw new Error('Not even 20 texts a second hold.');
    if (bad === Number.POSITIVE_INFINITY) rate = Math.min(2 * rate, ASKED_RATE);
    else rate = good === 0 ? rate / 2 : Math.sqrt(good * bad);
  }
  return good;
}

async function hold(
  vote: Vote,
  rate: number,
  seconds: number,
  lower: number,
  profile: Profile,
  say: (sentence: string) => void,
): Promise<Held> {
  say(`${figure(rate)} texts a second for ${seconds} s …`);
  await profile.begin(vote.source);
  const { tried, offered, memory } = await vote.offer(rate, seconds, { say });
  if (!holds(tried) && lower > 0)
    return await hold(vote, rate * LOWERED.to, seconds, lower - 1, profile, say);
  const parts = Array.from({ length: PARTS }, (_, part): Row => {
    const [from, to] = [part, part + 1].map((n) => (n * seconds) / PARTS);
    const { latencies, pending, refused } = answersOf(
      offered,
      Math.round((from ?? 0) * rate),
      Math.round((to ?? 0) * rate),
    );
    const { rss, heap } = memory.findLast(({ at }) => at <= (to ?? 0) * 1_000) ?? {};
    return {
      name: `  seconds ${figure(from)} to ${figure(to)}`,
      figures: {
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
        pending,
        refused,
        memory: rss ?? null,
        heap: heap ?? null,
      },
    };
  });
  return { whole: tried, parts };
}
