import type { StreamableFile } from '@nestjs/common';
import type { Experiment, ExperimentFileQuery } from '#shared/api/experiments.ts';
import { type Cell, csvFile } from '../common/csv.ts';

/** What an experiment has counted, by day and arm, or its arms with what they are compared by, as a file for spreadsheets. */
export const experimentFile = (
  experiment: Experiment,
  table: ExperimentFileQuery['table'],
): Promise<StreamableFile> =>
  table === 'days'
    ? csvFile(
        `test-${experiment.key}`,
        ['day', 'arm', 'label', 'exposures', 'goal', 'conversions'],
        days(experiment),
      )
    : csvFile(`test-${experiment.key}-versions`, VERSION_COLUMNS, versions(experiment));

async function* days({ days, results, goal }: Experiment): AsyncGenerator<Cell[]> {
  const labels = new Map(results.map(({ id, label }) => [id, label]));
  for (const { day, arm, exposures, conversions } of days)
    yield [day, arm, labels.get(arm), exposures, goal, conversions];
}

/** Rates and differences are parts of 1. Those of the difference to the first arm are empty while it is too early to say. */
const VERSION_COLUMNS = [
  'arm',
  'label',
  'share',
  'exposures',
  'expected_exposures',
  'goal',
  'conversions',
  'rate',
  'rate_low_95_one_look',
  'rate_high_95_one_look',
  'difference',
  'difference_low_95_always',
  'difference_high_95_always',
  'p_always',
  'chance_better',
  'expected_loss',
];

async function* versions({ results, comparisons, goal }: Experiment): AsyncGenerator<Cell[]> {
  for (const { id, label, share, exposures, expected, conversions, rate, interval } of results) {
    const found = comparisons.find(({ arm }) => arm === id);
    const told = found?.ready ? found : null;
    yield [
      id,
      label,
      rounded(share),
      exposures,
      rounded(expected),
      goal,
      conversions,
      rounded(rate),
      rounded(interval?.low),
      rounded(interval?.high),
      rounded(found?.difference),
      rounded(told?.interval.low),
      rounded(told?.interval.high),
      told?.p.toPrecision(4),
      rounded(found?.chanceBetter),
      rounded(found?.expectedLoss),
    ];
  }
}

/** Six digits, which every spreadsheet reads as a number. */
const rounded = (value: number | null | undefined): Cell => value?.toFixed(6);
