import { Button, Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ContestDeed } from '#shared/api/contests.ts';
import { deedsQuery } from '../../lib/queries/contest-queries.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

const FEW = 8;

/** Who did what with a contest, the latest first. */
export function DeedsCard({ contestKey }: { contestKey: string }) {
  const { data } = useQuery(deedsQuery(contestKey));
  const [all, setAll] = useState(false);
  if (!data || data.length === 0) return null;
  return (
    <Card component="section" aria-label="What was done">
      <Title order={2} size="h3" mb="sm">
        What was done
      </Title>
      <Stack gap="xs" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {(all ? data : data.slice(0, FEW)).map((deed) => (
          <li key={`${deed.at} ${deed.deed} ${deed.contactId}`}>
            <Text size="sm">
              <bdi>{deed.person}</bdi> {DEEDS[deed.deed]}
            </Text>
            {deed.words !== null && deed.words !== '' && (
              <Text size="xs" dir="auto">
                {deed.words}
              </Text>
            )}
            <Text size="xs" c="dimmed">
              <RelativeTime at={deed.at} />
            </Text>
          </li>
        ))}
      </Stack>
      {!all && data.length > FEW && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(true)}>
          Show all {data.length}
        </Button>
      )}
    </Card>
  );
}

const DEEDS: Readonly<Record<ContestDeed['deed'], string>> = {
  made: 'made the contest',
  changed: 'changed the terms',
  closed: 'closed the contest',
  'entry-added': 'wrote an entry down',
  'entry-left-out': 'left an entry out',
  'entry-taken-back': 'let an entry take part again',
  listed: 'fixed the list of entries',
  'list-withdrawn': 'withdrew the list of entries',
  drawn: 'held the draw',
  replaced: 'replaced a winner',
  claimed: 'noted that a prize was claimed',
  unclaimed: 'noted that a prize was not claimed',
};
