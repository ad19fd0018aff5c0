import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Report } from './bench.ts';
import { isUneven } from './support/calibrate.ts';
import { printMarkdown } from './support/print-markdown.ts';
import {
  compareWithRecorded,
  type Measured,
  type Recorded,
  readRecorded,
  record,
} from './support/recorded.ts';

interface Figures {
  cost: number;
  rate: number;
  ratio: number;
  /** Thousands of instructions. */
  count?: number;
}

const report = (figures: Figures): Report & { bench: string } => ({
  bench: 'inbound',
  title: 'Inbound',
  columns: [
    { key: 'rate', title: 'MO/s', digits: 0 },
    { key: 'node', title: 'node µs/MO', digits: 1, cost: true, countedBy: 'count' },
    { key: 'count', title: 'node k instr./MO', digits: 1 },
  ],
  rows: [
    {
      name: 'double opt-in',
      figures: { rate: figures.rate, node: figures.cost, count: figures.count ?? null },
    },
  ],
  verdicts: [
    {
      what: 'Double opt-in',
      asked: 'at least half of the bare route',
      measured: '900 of 1,500 MO/s',
      ratio: { value: figures.ratio, better: 'more' },
      met: true,
    },
  ],
  notes: [],
  wrong: [],
});

const measured = (figures: Figures, calibration = 1_000, contacts = 200): Measured => ({
  calibration,
  options: {
    seconds: null,
    warmUp: 3,
    connections: null,
    contacts,
    rate: null,
    full: false,
    profile: false,
    serverFlags: [],
  },
  reports: [report(figures)],
});

const recorded: Recorded = {
  inbound: {
    options: JSON.stringify({ seconds: null, connections: null, contacts: 200, rate: null, full: false }),
    architecture: process.arch,
    calibration: 1_000,
    costs: { 'double opt-in, node µs/MO': 100 },
    counts: { 'double opt-in, node µs/MO': 500 },
    ratios: { 'Double opt-in': { value: 0.6, better: 'more' } },
  },
};

describe('a machine', () => {
  it('is no measure where its own speed changes by more than a tenth', () => {
    expect([[1_000], [1_000, 1_090, 1_050], [1_000, 1_600, 1_010]].map(isUneven)).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('what was recorded', () => {
  const compare = (...run: Parameters<typeof measured>): string[] =>
    compareWithRecorded(measured(...run), recorded).map(({ sentence }) => sentence);

  it('lets two runs differ a little, and says nothing of what has become better', () => {
    expect(compare({ cost: 109, rate: 100, ratio: 0.56 })).toEqual([]);
    expect(compare({ cost: 50, rate: 9_000, ratio: 0.9 })).toEqual([]);
  });

  it('says what costs more than a tenth more', () => {
    expect(compare({ cost: 125, rate: 9_000, ratio: 0.6 })).toEqual([
      'inbound: double opt-in, node µs/MO was 100 and is 125 now (25 % more).',
    ]);
  });

  it('counts microseconds in those of the machine that recorded', () => {
    expect(compare({ cost: 200, rate: 100, ratio: 0.6 }, 2_000)).toEqual([]);
    expect(compare({ cost: 100, rate: 100, ratio: 0.6 }, 500)).toHaveLength(1);
  });

  it('trusts instructions where both runs counted them, whatever the time says', () => {
    const figures = { rate: 100, ratio: 0.6 };
    expect(compare({ ...figures, cost: 300, count: 540 })).toEqual([]);
    expect(compareWithRecorded(measured({ ...figures, cost: 90, count: 600 }), recorded)).toEqual([
      {
        sentence:
          'inbound: double opt-in, node µs/MO in thousands of instructions was 500 and is 600 now (20 % more).',
        isSure: true,
      },
    ]);
  });

  it('does not trust them on a busy machine where the batches depend on it', () => {
    const run = measured({ cost: 90, rate: 100, ratio: 0.6, count: 600 });
    const reports = run.reports.map((one) => ({
      ...one,
      columns: one.columns.map((column) => ({ ...column, sways: true as const })),
    }));
    expect(compareWithRecorded({ ...run, reports }, recorded)).toMatchObject([{ isSure: false }]);
  });

  it('goes by time where the other run was on another kind of processor, or counted nothing', () => {
    const figures = { cost: 125, rate: 100, ratio: 0.6, count: 500 };
    const one = recorded.inbound;
    if (!one) throw new Error('Nothing is recorded.');
    for (const other of [
      { ...one, architecture: 'another' },
      { ...one, counts: {} },
    ])
      expect(compareWithRecorded(measured(figures), { inbound: other })).toEqual([
        { sentence: 'inbound: double opt-in, node µs/MO was 100 and is 125 now (25 % more).', isSure: false },
      ]);
  });

  it('says which ratio has become worse', () => {
    expect(compare({ cost: 100, rate: 100, ratio: 0.5 })).toEqual([
      'inbound: Double opt-in: the ratio was 0.6 and is 0.5 now.',
    ]);
  });

  it('compares runs of the same sizes only', () => {
    expect(compare({ cost: 900, rate: 100, ratio: 0.1 }, 1_000, 10)).toEqual([]);
  });
});

describe('what is recorded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'textloom-recorded-'));
  const file = join(folder, 'recorded.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is kept bench by bench, and nothing of one that found something wrong', () => {
    const run = measured({ cost: 100, rate: 100, ratio: 0.6, count: 500 });
    const [one] = run.reports;
    if (!one) throw new Error('Nothing was measured.');
    expect(readRecorded(file)).toEqual({});
    expect(record(run, file)).toBe('Recorded: inbound.');
    expect(record({ ...run, reports: [{ ...one, bench: 'drain' }] }, file)).toBe('Recorded: drain.');
    expect(record({ ...run, reports: [{ ...one, bench: 'vote', wrong: ['A row is missing.'] }] }, file)).toBe(
      'Recorded: nothing.',
    );
    expect(readRecorded(file)).toEqual({ inbound: recorded.inbound, drain: recorded.inbound });
  });
});

it('puts what was asked beside what was measured', () => {
  expect(printMarkdown([report({ cost: 100, rate: 100, ratio: 0.6 })])).toBe(
    [
      '| | asked | measured here | ratio | met |',
      '|---|---|---|---|---|',
      '| Double opt-in | at least half of the bare route | 900 of 1,500 MO/s | 0.6 | yes |',
    ].join('\n'),
  );
});
