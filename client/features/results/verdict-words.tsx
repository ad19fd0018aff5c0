import { Text } from '@mantine/core';
import { IconAlertTriangle, IconTrophy } from '@tabler/icons-react';
import type { ExperimentSummary, ExperimentVerdict } from '#shared/api/experiments.ts';
import classes from './results.module.css';

/** How a test stands, those first that somebody can act on. */
export const VERDICTS: readonly ExperimentVerdict[] = [
  'better',
  'split-off',
  'unclear',
  'early',
  'no-goal',
  'unmet',
];

/** How a test stands, in a few words. */
export function VerdictWords({ experiment: { verdict, winner } }: { experiment: ExperimentSummary }) {
  if (verdict === 'better')
    return (
      <Text size="sm" fw={500} className={classes.verdict}>
        <IconTrophy size={15} color="var(--tl-good)" aria-hidden />
        <span>
          <bdi>{winner}</bdi> works better
        </span>
      </Text>
    );
  if (verdict === 'split-off')
    return (
      <Text size="sm" fw={500} className={classes.verdict}>
        <IconAlertTriangle size={15} color="var(--tl-bad)" aria-hidden />
        <span>The split is off</span>
      </Text>
    );
  return (
    <Text size="sm" c="dimmed">
      {WORDS[verdict]}
    </Text>
  );
}

const WORDS: Readonly<Record<Exclude<ExperimentVerdict, 'better' | 'split-off'>, string>> = {
  unclear: 'No clear difference so far',
  early: 'Too early to say',
  'no-goal': 'No goal is drawn',
  unmet: 'Nobody has met it yet',
};
