import type { StreamableFile } from '@nestjs/common';
import type { Experiment } from '#shared/api/experiments.ts';
import { type Cell, csvFile } from '../common/csv.ts';

/** What an experiment has counted, by day and arm, as a file for spreadsheets. */
export const experimentFile = (experiment: Experiment): Promise<StreamableFile> =>
  csvFile(
    `test-${experiment.key}`,
    ['day', 'arm', 'label', 'exposures', 'goal', 'conversions'],
    rows(experiment),
  );

async function* rows({ days, results, goal }: Experiment): AsyncGenerator<Cell[]> {
  const labels = new Map(results.map(({ id, label }) => [id, label]));
  for (const { day, arm, exposures, conversions } of days)
    yield [day, arm, labels.get(arm), exposures, goal, conversions];
}
