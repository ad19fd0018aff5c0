import { Card, Group, Progress, Stack, Text, Title } from '@mantine/core';
import type { Campaign } from '#shared/api/campaigns.ts';
import { counted, wholeNumber } from '../../lib/format/number.ts';
import { useNow } from '../../lib/use-now.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { OutcomeList } from './outcome-list.tsx';

/** What ends so soon needs no figure, in milliseconds. */
const MINUTE = 60_000;

/** How far a campaign has come, and what came of it. */
export function CampaignProgress({ campaign }: { campaign: Campaign }) {
  const { people, waiting, outcomes, runs, texts, segments, finishesAt } = campaign;
  const now = useNow();
  const leftOut = outcomes.find(({ outcome }) => outcome === 'left-out')?.people ?? 0;
  const done = people - waiting - leftOut;
  return (
    <Card component="section" aria-label="How it goes">
      <Stack>
        <div>
          <Group justify="space-between" mb={6}>
            <Title order={2} size="h3" className="tabular">
              {wholeNumber(done)} of {counted(people, 'person', 'people')} had their turn
            </Title>
            {finishesAt !== null && (
              <Text size="sm" c="dimmed">
                ends{' '}
                {Date.parse(finishesAt) < now + MINUTE ? (
                  'within a minute'
                ) : (
                  <RelativeTime at={finishesAt} timed />
                )}
              </Text>
            )}
          </Group>
          <Progress
            value={people === 0 ? 100 : (done / people) * 100}
            aria-label="People who have had their turn"
          />
        </div>
        <OutcomeList outcomes={outcomes} />
        <Text size="sm" c="dimmed">
          {counted(texts, 'text')} so far, {counted(segments, 'part')}.
          {runs.length > 0 &&
            ` Of the conversations, ${runs.map(({ state, people: n }) => `${wholeNumber(n)} ${RUN_WORDS[state] ?? state}`).join(', ')}.`}
        </Text>
      </Stack>
    </Card>
  );
}

const RUN_WORDS: Readonly<Record<string, string>> = {
  active: 'wait for a reply or a time',
  parked: 'are parked',
  completed: 'came to their end',
  stopped: 'ended by STOP',
  cancelled: 'were ended by hand',
  'not-reached': 'could not be texted',
  'dead-end': 'found no way on',
  failed: 'failed',
};
