import { Button, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { calendarDay } from '../../lib/format/moment.ts';
import { wholeNumber } from '../../lib/format/number.ts';
import { poolQuery } from '../../lib/queries/voucher-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { Facts } from '../../ui/facts.tsx';
import { BackLink } from '../../ui/page/back-link.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagePending } from '../../ui/page/page-pending.tsx';
import { WithAside } from '../../ui/page/with-aside.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { CodesSection } from './codes-section.tsx';
import { LoadCodesDialog } from './load-codes-dialog.tsx';
import { LoadsCard } from './loads-card.tsx';
import { PoolActions } from './pool-actions.tsx';
import { PoolStateBadge } from './pool-state-badge.tsx';
import { ResultsSection } from './results-section.tsx';
import { StockCard } from './stock-card.tsx';

const route = getRouteApi('/shell/vouchers/$key');

/** One pool: how many codes are where, how long they last, what came of them, and who has which. */
export function PoolPage() {
  const { key } = route.useParams();
  const { data: pool, error, refetch } = useQuery(poolQuery(key));
  const mayLoad = useMay('publisher');
  const [loading, setLoading] = useState(false);
  if (error || !pool)
    return (
      <PagePending
        what="pool of vouchers"
        back={<BackLink to="/vouchers">Vouchers</BackLink>}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  const load = mayLoad && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setLoading(true)}>
      Load codes
    </Button>
  );
  return (
    <Page>
      <PageHeader
        above={<BackLink to="/vouchers">Vouchers</BackLink>}
        title={pool.name}
        beside={<PoolStateBadge state={pool.state} />}
        actions={
          <>
            <PoolActions pool={pool} />
            {pool.total > 0 && load}
          </>
        }
        description={pool.description === '' ? undefined : pool.description}
      />
      <WithAside
        aside={
          <Facts
            facts={[
              { label: 'Codes', value: wholeNumber(pool.total) },
              {
                label: 'Last day',
                value: pool.expiresOn === null ? 'None' : calendarDay(pool.expiresOn),
              },
              {
                label: 'A person gets',
                value: pool.onePerPerson ? 'One code, the same again' : 'Another code each time',
              },
              { label: 'Key', value: pool.key },
              { label: 'Added', value: <RelativeTime at={pool.createdAt} /> },
            ]}
          />
        }
      >
        <Stack gap="lg">
          <LoadsCard poolKey={key} />
          <StockCard pool={pool} />
          <ResultsSection results={pool.results} />
          <CodesSection pool={pool} load={load} />
        </Stack>
      </WithAside>
      {loading && <LoadCodesDialog pool={pool} onClose={() => setLoading(false)} />}
    </Page>
  );
}
