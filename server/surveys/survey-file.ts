import type { StreamableFile } from '@nestjs/common';
import type { Survey, SurveyBranch } from '#shared/api/surveys.ts';
import { type Cell, csvFile } from '../common/csv.ts';

/** A score of all people and of each version, with what they are compared by, as a file for spreadsheets. All in points. */
export const surveyFile = (survey: Survey): Promise<StreamableFile> =>
  csvFile(
    `nps-${survey.answer}`,
    [
      'test',
      'arm',
      'label',
      'people',
      'promoters',
      'passives',
      'detractors',
      'nps',
      'nps_low_95_one_look',
      'nps_high_95_one_look',
      'difference',
      'difference_low_95_always',
      'difference_high_95_always',
      'p_always',
    ],
    rows(survey),
  );

async function* rows(survey: Survey): AsyncGenerator<Cell[]> {
  yield [null, null, 'everybody', ...figures(survey)];
  for (const branch of survey.branches) {
    const found = survey.comparisons.find(({ arm }) => arm === branch.arm);
    const told = found?.ready ? found : null;
    yield [
      survey.by,
      branch.arm,
      branch.label,
      ...figures(branch),
      rounded(found?.difference),
      rounded(told?.interval.low),
      rounded(told?.interval.high),
      told?.p.toPrecision(4),
    ];
  }
}

const figures = ({
  people,
  promoters,
  passives,
  detractors,
  score,
  interval,
}: Omit<SurveyBranch, 'arm' | 'label'>): Cell[] => [
  people,
  promoters,
  passives,
  detractors,
  rounded(score),
  rounded(interval?.low),
  rounded(interval?.high),
];

const rounded = (points: number | null | undefined): Cell => points?.toFixed(2);
