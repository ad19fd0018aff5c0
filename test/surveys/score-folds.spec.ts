import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { lowestId, newId } from '#server/common/ids.ts';
import { Transactions } from '#server/database/transactions.ts';
import { ScoreFoldsRepository } from '#server/surveys/score-folds.repository.ts';
import { SurveysRepository } from '#server/surveys/surveys.repository.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import * as fc from '../support/properties.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;
const ID = newId(NOW);

let database: TestDatabase;
let surveys: SurveysRepository;
let folds: ScoreFoldsRepository;

beforeAll(async () => {
  database = await createTestDatabase();
  const transactions = new Transactions(database.source);
  surveys = new SurveysRepository(transactions);
  folds = new ScoreFoldsRepository(transactions);
});
afterAll(() => database.close());

interface Told {
  id: string;
  contactId: string;
  score: number | null;
  isOver: boolean;
}

const people = Array.from({ length: 4 }, () => newId(NOW));
const run = fc.record({
  hoursAgo: fc.integer({ min: 1, max: 30 }),
  person: fc.integer({ min: 0, max: people.length - 1 }),
  score: fc.option(fc.integer({ min: 0, max: 10 })),
  isOver: fc.boolean(),
});
const turn = fc.oneof(
  { weight: 6, arbitrary: run.map((told) => ({ do: 'begin', told }) as const) },
  { weight: 2, arbitrary: fc.constant({ do: 'fold' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'fold one piece' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'end' } as const) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: 3 }).map((person) => ({ do: 'erase', person }) as const),
  },
);

/** Runs as the runtime leaves them, and what counts of their scores. */
class Runs {
  readonly all: Told[] = [];
  readonly scored = { workspaceId: ID, flowId: newId(NOW), answer: 'score' };

  async begin(told: Omit<Told, 'id'>, at: number): Promise<void> {
    const one = { ...told, id: newIdAt(at) };
    this.all.push(one);
    await database.source.query(
      `insert into runs (workspace_id, id, contact_id, sender_id, flow_id, version_id, status, node, place, context, seq, started_at, ended_at)
       values ($1, $2, $3, $1, $4, $1, $5, '$ended', '', $6, 1, $7, $8)`,
      [
        ID,
        one.id,
        one.contactId,
        this.scored.flowId,
        one.isOver ? 'ended' : 'active',
        JSON.stringify({ answers: { score: one.score === null ? 'nonsense' : String(one.score) } }),
        new Date(at),
        one.isOver ? new Date(at) : null,
      ],
    );
  }

  async end(): Promise<void> {
    for (const one of this.all) one.isOver = true;
    await database.source.query(
      `update runs set status = 'ended', ended_at = started_at where flow_id = $1`,
      [this.scored.flowId],
    );
  }

  /** As an erasure does, in its order. */
  async erase(contactId: string): Promise<void> {
    for (const one of this.all) if (one.contactId === contactId) one.score = null;
    await database.source.query(`update runs set context = '{}' where flow_id = $1 and contact_id = $2`, [
      this.scored.flowId,
      contactId,
    ]);
    await database.source.query('delete from survey_scores where contact_id = $1', [contactId]);
  }

  async fold(): Promise<void> {
    for (const block of await folds.due(this.scored, NOW)) await this.foldBlock(block);
  }

  async foldFirstPieces(): Promise<void> {
    for (const block of await folds.due(this.scored, NOW)) await this.foldBlock(block, 1);
  }

  /** In pieces of two runs; `most` of them, as by a node that ends in the middle. */
  async foldBlock(block: string, most = Number.POSITIVE_INFINITY): Promise<'more' | 'whole' | 'open'> {
    let came = await folds.foldPiece(this.scored, block, { first: true, most: 2 });
    for (let n = 1; n < most && came === 'more'; n++)
      came = await folds.foldPiece(this.scored, block, { first: false, most: 2 });
    return came;
  }

  /** Each person's newest score, counted. */
  counted(): [number, number][] {
    const newest = new Map<string, number>();
    for (const { contactId, score } of this.all.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
      if (score !== null) newest.set(contactId, score);
    const counts = new Map<number, number>();
    for (const score of newest.values()) counts.set(score, (counts.get(score) ?? 0) + 1);
    return [...counts].sort(([a], [b]) => a - b);
  }

  async read(): Promise<[number, number][]> {
    const counts = await surveys.scores(this.scored, null, NOW);
    return counts
      .map(({ score, people: count }): [number, number] => [score, count])
      .sort(([a], [b]) => a - b);
  }
}

let made = 0;
/** An id that was made then, whatever was made before. */
const newIdAt = (at: number): string => {
  const [first] = lowestId(at).split(/(?<=^.{13})/);
  return `${first}-7${String(made++ % 1_000).padStart(3, '0')}-8${newId(NOW).slice(20)}`;
};

test('scores are the same however much of them was written beside their runs', async () => {
  let written = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 4, maxLength: 18 }), async (turns) => {
      const runs = new Runs();
      for (const one of turns) {
        if (one.do === 'begin') {
          const { hoursAgo, person, score, isOver } = one.told;
          const contactId = people[person] ?? '';
          await runs.begin({ contactId, score, isOver }, NOW - hoursAgo * HOUR);
        } else if (one.do === 'fold') await runs.fold();
        else if (one.do === 'fold one piece') await runs.foldFirstPieces();
        else if (one.do === 'end') await runs.end();
        else await runs.erase(people[one.person] ?? '');
        expect([turns, await runs.read()]).toEqual([turns, runs.counted()]);
      }
      const [row] = await database.source.query(
        'select count(*)::int as written from survey_scores where flow_id = $1',
        [runs.scored.flowId],
      );
      written += row.written;
    }),
    { numRuns: 40 },
  );
  expect(written).toBeGreaterThan(10);
});

test('only what is new is read from the runs once the others were written', async () => {
  const runs = new Runs();
  const [contactId = ''] = people;
  await runs.begin({ contactId, score: 3, isOver: true }, NOW - 20 * HOUR);
  await runs.begin({ contactId, score: 9, isOver: false }, NOW - 10 * HOUR);
  await runs.fold();
  // What a run that was written remembers is not looked at again.
  await database.source.query(`update runs set context = '{}' where flow_id = $1 and status = 'ended'`, [
    runs.scored.flowId,
  ]);
  expect(await runs.read()).toEqual([[9, 1]]);
  const [open = ''] = await folds.due(runs.scored, NOW);
  expect(await runs.foldBlock(open)).toBe('open');
  await database.source.query('delete from runs where flow_id = $1 and status = $2', [
    runs.scored.flowId,
    'active',
  ]);
  expect(await runs.read()).toEqual([[3, 1]]);
  // One that comes late, under an id that was made long before, is noticed.
  await runs.begin({ contactId, score: 5, isOver: true }, NOW - 20 * HOUR + 1);
  expect(await runs.read()).toEqual([[5, 1]]);
  await runs.fold();
  expect(await folds.due(runs.scored, NOW)).toEqual([]);
});

test('a block that was begun is gone on with where it stood, and read from its runs until it is whole', async () => {
  const runs = new Runs();
  const at = NOW - 20 * HOUR;
  for (const [n, contactId] of people.entries())
    await runs.begin({ contactId, score: n, isOver: true }, at + n);
  const [block = ''] = await folds.due(runs.scored, NOW);
  expect(await runs.foldBlock(block, 1)).toBe('more');
  expect(await folds.due(runs.scored, NOW)).toEqual([block]);
  // What was written is not read again.
  await database.source.query(
    `update runs set context = '{}' where flow_id = $1 and id in (select run_id from survey_scores where flow_id = $1)`,
    [runs.scored.flowId],
  );
  expect(await runs.foldBlock(block)).toBe('whole');
  expect(await folds.due(runs.scored, NOW)).toEqual([]);
  expect(await runs.read()).toEqual(people.map((_, score) => [score, 1]));
  // Another node that was at it as well finds it done.
  expect(await folds.foldPiece(runs.scored, block, { first: false })).toBe('whole');
});

test('a run that comes between those that are written already is written with the whole block anew', async () => {
  const runs = new Runs();
  const at = NOW - 20 * HOUR;
  const [ada = '', bob = '', cid = '', dan = ''] = people;
  for (const [n, contactId] of [ada, bob, cid].entries())
    await runs.begin({ contactId, score: n, isOver: true }, at + 10 + n);
  const [block = ''] = await folds.due(runs.scored, NOW);
  expect(await runs.foldBlock(block, 1)).toBe('more');
  await runs.begin({ contactId: dan, score: 9, isOver: true }, at);
  await runs.foldBlock(block);
  expect(await folds.due(runs.scored, NOW)).toEqual([block]);
  expect(await runs.foldBlock(block)).toBe('whole');
  expect(await runs.read()).toEqual(runs.counted());
});

test('runs of a block are those that began within some five hours', async () => {
  const runs = new Runs();
  const [contactId = ''] = people;
  const within = 2 ** 24;
  const first = Math.floor((NOW - 20 * HOUR) / within) * within;
  for (const at of [first, first + within - 1, first + within])
    await runs.begin({ contactId, score: 9, isOver: true }, at);
  const blocks = [first, first + within].map((at) => lowestId(at).slice(0, 6));
  expect(await folds.due(runs.scored, NOW)).toEqual(blocks);
});
