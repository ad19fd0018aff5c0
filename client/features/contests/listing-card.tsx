import { Card, Group, Progress, Stack, Text, Title } from '@mantine/core';
import type { Contest, Listing } from '#shared/api/contests.ts';
import { counted, wholeNumber } from '../../lib/format/number.ts';
import { useMay } from '../../lib/use-may.ts';
import { LeftOutWords } from './left-out-words.tsx';
import { WithdrawListButton } from './withdraw-list-button.tsx';

/** The list of a draw while it is being fixed: how far it is, and what to do where it cannot be. */
export function ListingCard({ contest, listing }: { contest: Contest; listing: Listing }) {
  const may = useMay('compliance');
  const { looked, entries, leftOut, trouble, winners, reserves, askedBy } = listing;
  const isEmpty = trouble === 'nobody';
  return (
    <Card component="section" aria-label="The draw">
      <Stack gap="sm">
        <div>
          <Title order={2} size="h3" mb={4}>
            {isEmpty ? 'Nobody takes part' : 'The list is being fixed'}
          </Title>
          <Text size="sm" c="dimmed">
            {isEmpty ? (
              <>
                <LeftOutWords leftOut={leftOut} /> Withdraw the list, change who may win, and fix it anew.
              </>
            ) : (
              <>
                <bdi>{askedBy}</bdi> asked for it, to draw {counted(winners, 'winner')} and{' '}
                {counted(reserves, 'reserve')}. You can leave this page: it goes on by itself.
              </>
            )}
          </Text>
        </div>
        {!isEmpty && (
          <div>
            <Group justify="space-between" mb={6}>
              <Text size="sm" fw={500} className="tabular" role="status">
                {wholeNumber(looked)} of {counted(contest.entries, 'entry', 'entries')} looked at
              </Text>
              <Text size="sm" c="dimmed" className="tabular">
                {counted(entries, 'takes', 'take')} part so far
              </Text>
            </Group>
            <Progress
              value={(looked / Math.max(1, contest.entries)) * 100}
              aria-label="Entries that were looked at"
            />
          </div>
        )}
        {trouble === 'fault' && (
          <Text size="sm" role="alert">
            Something failed on the server, which wrote it to its log. It goes on by itself within a minute.
          </Text>
        )}
        {may && (
          <Group justify="flex-end">
            <WithdrawListButton contestKey={contest.key} draw={listing.number} />
          </Group>
        )}
      </Stack>
    </Card>
  );
}
