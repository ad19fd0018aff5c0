import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { contestQuery } from '../../lib/queries/contest-queries.ts';
import { BackLink } from '../../ui/page/back-link.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagePending } from '../../ui/page/page-pending.tsx';
import { WithAside } from '../../ui/page/with-aside.tsx';
import { ContestActions } from './contest-actions.tsx';
import { ContestFacts } from './contest-facts.tsx';
import { ContestStatusBadge } from './contest-status-badge.tsx';
import { DeedsCard } from './deeds-card.tsx';
import { DrawCard } from './draw-card.tsx';
import { EntriesSection } from './entries-section.tsx';
import { NextDrawCard } from './next-draw-card.tsx';

const route = getRouteApi('/shell/contests/$key');

/** One contest: what comes next, who won, who entered, and how it can be proved. */
export function ContestPage() {
  const { key } = route.useParams();
  const { data: contest, error, refetch } = useQuery(contestQuery(key));
  if (error || !contest)
    return (
      <PagePending
        what="contest"
        back={<BackLink to="/contests">Contests</BackLink>}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  return (
    <Page>
      <PageHeader
        above={<BackLink to="/contests">Contests</BackLink>}
        title={contest.name}
        beside={<ContestStatusBadge status={contest.status} />}
        actions={<ContestActions contest={contest} />}
        description={contest.prize === '' ? undefined : contest.prize}
      />
      <WithAside aside={<ContestFacts contest={contest} />} below={<DeedsCard contestKey={contest.key} />}>
        <Stack>
          {contest.status !== 'drawn' && <NextDrawCard contest={contest} />}
          {contest.draws.toReversed().map((draw) => (
            <DrawCard key={draw.number} contest={contest} draw={draw} />
          ))}
          {contest.status === 'drawn' && <NextDrawCard contest={contest} />}
          <EntriesSection contest={contest} />
        </Stack>
      </WithAside>
    </Page>
  );
}
