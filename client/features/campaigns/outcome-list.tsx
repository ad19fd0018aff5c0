import { Group, Progress, Stack, Text } from '@mantine/core';
import type { Campaign } from '#shared/api/campaigns.ts';
import { percent, wholeNumber } from '../../lib/format/number.ts';
import { heldBackWords, OUTCOME_WORDS } from '../../lib/order-words.ts';

/** How many people there are of each outcome, the most first. */
export function OutcomeList({ outcomes }: Pick<Campaign, 'outcomes'>) {
  const all = outcomes.reduce((sum, { people }) => sum + people, 0);
  return (
    <Stack gap="xs">
      {outcomes.map(({ outcome, reason, people }) => {
        const words = OUTCOME_WORDS[outcome];
        return (
          <div key={`${outcome} ${reason}`}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Text size="sm" fw={500}>
                {words}
              </Text>
              <Text size="sm" className="tabular">
                {wholeNumber(people)}{' '}
                <Text span c="dimmed" size="sm">
                  {percent(people / Math.max(1, all))}
                </Text>
              </Text>
            </Group>
            <Progress
              size="xs"
              color={outcome === 'started' ? 'indigo' : outcome === 'failed' ? 'red' : 'gray'}
              value={(people / Math.max(1, all)) * 100}
              aria-label={words}
            />
            {outcome === 'held-back' && (
              <Text size="xs" c="dimmed">
                {heldBackWords(reason)}
              </Text>
            )}
          </div>
        );
      })}
    </Stack>
  );
}
