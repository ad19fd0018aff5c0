import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus, IconTicket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { listMoves } from '../../lib/list-moves.ts';
import { poolsQuery } from '../../lib/queries/voucher-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListToolbar } from '../../ui/tables/list-toolbar.tsx';
import { NothingFound } from '../../ui/tables/nothing-found.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagedTable } from '../../ui/tables/paged-table.tsx';
import { UnlessEmpty } from '../../ui/tables/unless-empty.tsx';
import { POOL_COLUMNS } from './pool-columns.tsx';
import { PoolDialog } from './pool-dialog.tsx';

const SIZE = 25;
const route = getRouteApi('/shell/vouchers');

/** The pools of codes that flows give away. */
export function VouchersPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const mayAdd = useMay('publisher');
  const [adding, setAdding] = useState(false);
  const { page = 1, ...rest } = filter;
  const query = useQuery(poolsQuery({ ...rest, page, size: SIZE }));
  const { change, toPage } = listMoves<typeof filter>(navigate);
  const filtered = filter.search !== undefined || filter.state !== undefined;
  const add = mayAdd && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      New pool
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title="Vouchers"
        description="Codes that flows give away by text: each goes to one person, and counts when the shop redeems it."
        actions={
          <UnlessEmpty query={query} filtered={filtered}>
            {add}
          </UnlessEmpty>
        }
      />
      <UnlessEmpty query={query} filtered={filtered}>
        <ListToolbar
          placeholder="Search pools"
          search={filter.search}
          onSearch={(search) => change({ search })}
        >
          <SegmentedControl
            aria-label="State"
            value={filter.state ?? 'all'}
            onChange={(value) =>
              change({ state: value === 'open' || value === 'closed' ? value : undefined })
            }
            data={[
              { value: 'all', label: 'All' },
              { value: 'open', label: 'Open' },
              { value: 'closed', label: 'Closed' },
            ]}
          />
        </ListToolbar>
      </UnlessEmpty>
      <PagedTable
        label="Pools of vouchers"
        columns={POOL_COLUMNS}
        query={query}
        rowKey={({ key }) => key}
        empty={
          filtered ? (
            <NothingFound what="pool" onClear={() => change({ search: undefined, state: undefined })} />
          ) : (
            <EmptyState icon={IconTicket} title="No vouchers yet" action={add}>
              Add a pool, and load the codes of your shop or have some made. Then draw a flow with the step{' '}
              <b>Give a voucher</b>: a template shows how.
            </EmptyState>
          )
        }
        page={page}
        size={SIZE}
        onPage={toPage}
      />
      {adding && <PoolDialog pool={null} onClose={() => setAdding(false)} />}
    </Page>
  );
}
