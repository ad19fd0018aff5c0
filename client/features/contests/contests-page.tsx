import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus, IconTrophy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { listMoves } from '../../lib/list-moves.ts';
import { contestsQuery } from '../../lib/queries/contest-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListToolbar } from '../../ui/tables/list-toolbar.tsx';
import { NothingFound } from '../../ui/tables/nothing-found.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagedTable } from '../../ui/tables/paged-table.tsx';
import { UnlessEmpty } from '../../ui/tables/unless-empty.tsx';
import { CONTEST_COLUMNS } from './contest-columns.tsx';
import { ContestDialog } from './contest-dialog.tsx';

const SIZE = 25;
const route = getRouteApi('/shell/contests');

/** What people enter by text, and who won. */
export function ContestsPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const mayAdd = useMay('publisher');
  const [adding, setAdding] = useState(false);
  const { page = 1, ...rest } = filter;
  const query = useQuery(contestsQuery({ ...rest, page, size: SIZE }));
  const { change, toPage } = listMoves<typeof filter>(navigate);
  const filtered = filter.search !== undefined || filter.status !== undefined;
  const add = mayAdd && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      New contest
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title="Contests"
        description="People enter by text, once each. Winners are drawn so that anybody can draw again and see that it was fair."
        actions={
          <UnlessEmpty query={query} filtered={filtered}>
            {add}
          </UnlessEmpty>
        }
      />
      <UnlessEmpty query={query} filtered={filtered}>
        <ListToolbar
          placeholder="Search contests"
          search={filter.search}
          onSearch={(search) => change({ search })}
        >
          <SegmentedControl
            aria-label="Status"
            value={filter.status ?? 'all'}
            onChange={(value) => change({ status: value === 'open' || value === 'over' ? value : undefined })}
            data={[
              { value: 'all', label: 'All' },
              { value: 'open', label: 'Open' },
              { value: 'over', label: 'Closed' },
            ]}
          />
        </ListToolbar>
      </UnlessEmpty>
      <PagedTable
        label="Contests"
        columns={CONTEST_COLUMNS}
        query={query}
        rowKey={({ key }) => key}
        empty={
          filtered ? (
            <NothingFound what="contest" onClear={() => change({ search: undefined, status: undefined })} />
          ) : (
            <EmptyState icon={IconTrophy} title="No contest yet" action={add}>
              Say what can be won and until when. Then draw a flow with the step <b>Enter a contest</b>: a
              template shows how.
            </EmptyState>
          )
        }
        page={page}
        size={SIZE}
        onPage={toPage}
      />
      {adding && <ContestDialog contest={null} onClose={() => setAdding(false)} />}
    </Page>
  );
}
