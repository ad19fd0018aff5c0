import { Button, Card, Group, Text, Title } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Contest } from '#shared/api/contests.ts';
import { useMay } from '../../lib/use-may.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { FixListDialog } from './fix-list-dialog.tsx';
import { HoldDrawCard } from './hold-draw-card.tsx';
import { ListingCard } from './listing-card.tsx';

/** What comes next on the way to winners: close it, fix the list, draw. */
export function NextDrawCard({ contest }: { contest: Contest }) {
  const may = useMay('compliance');
  const [listing, setListing] = useState(false);
  const { status, closesAt, entries } = contest;
  const fixed = contest.draws.find(({ drawnAt }) => drawnAt === null);
  if (contest.listing) return <ListingCard contest={contest} listing={contest.listing} />;
  if (fixed) return <HoldDrawCard contest={contest} draw={fixed} />;
  const next = NEXT[status];
  if (!next) return null;
  const [title, words] = next;
  return (
    <Card component="section" aria-label="The draw">
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Title order={2} size="h3" mb={4}>
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {status === 'open' && closesAt !== null && (
              <>
                It closes <RelativeTime at={closesAt} />.{' '}
              </>
            )}
            {words}
            {!may && status !== 'open' && ' Somebody with the role Compliance can do that.'}
          </Text>
        </div>
        {may && status !== 'open' && (
          <Button
            variant={status === 'drawn' ? 'default' : 'filled'}
            leftSection={<IconListCheck size={16} />}
            disabled={entries === 0}
            onClick={() => setListing(true)}
            style={{ flex: 'none' }}
          >
            {status === 'drawn' ? 'Draw again…' : 'Fix the list…'}
          </Button>
        )}
      </Group>
      {listing && <FixListDialog contest={contest} onClose={() => setListing(false)} />}
    </Card>
  );
}

const NEXT: Readonly<Partial<Record<Contest['status'], readonly [string, string]>>> = {
  open: [
    'People are entering',
    'Once it is closed, fix who takes part; then draw. Publish the seal now, and nobody can say that the seed was chosen afterwards.',
  ],
  closed: [
    'Ready for the draw',
    'First fix who takes part: the list gets a fingerprint that you can publish. Then draw from the sealed seed and the list.',
  ],
  drawn: [
    'Another draw',
    'For a winner who drops out, choose Replace: the next of the same order moves up. Draw again only for another prize.',
  ],
};
