import { SegmentedControl } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { flowQuery } from '../../lib/queries/flow-queries.ts';
import { runsQuery } from '../../lib/queries/run-queries.ts';
import { BackLink } from '../../ui/page/back-link.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FlowFilter } from '../../ui/tables/flow-filter.tsx';
import { ListToolbar } from '../../ui/tables/list-toolbar.tsx';
import { NothingFound } from '../../ui/tables/nothing-found.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { StreamTable } from '../../ui/tables/stream-table.tsx';
import { RUN_COLUMNS } from './run-columns.tsx';

const route = getRouteApi('/shell/runs');

/** Who is in a flow, and where: the answer to "why does the keyword do nothing for her?". */
export function RunsPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(runsQuery(filter));
  const { data: flow } = useQuery({ ...flowQuery(filter.flow ?? ''), enabled: filter.flow !== undefined });
  const change = (search: Partial<typeof filter>) =>
    void navigate({ search: (now) => ({ ...now, ...search }), replace: true });
  const filtered = filter.search !== undefined || filter.status !== undefined;
  return (
    <Page>
      <PageHeader
        above={<BackLink to="/flows">Flows</BackLink>}
        title={flow ? `People in ${flow.name}` : 'People in flows'}
        description="One line for each conversation: where it stands, what it waits for, how it ended."
      />
      <ListToolbar
        placeholder="Search names and numbers"
        search={filter.search}
        onSearch={(search) => change({ search })}
      >
        <SegmentedControl
          aria-label="Status"
          value={filter.status ?? 'all'}
          onChange={(value) => change({ status: STATUSES.find((status) => status === value) })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'active', label: 'Waiting' },
            { value: 'parked', label: 'Parked' },
            { value: 'ended', label: 'Ended' },
          ]}
        />
        {filter.flow !== undefined && (
          <FlowFilter id={filter.flow} onClear={() => change({ flow: undefined })} />
        )}
      </ListToolbar>
      <StreamTable
        label="Conversations"
        columns={RUN_COLUMNS}
        query={query}
        rowKey={(run) => run.id}
        empty={
          filtered ? (
            <NothingFound what="conversation" onClear={() => change(NO_FILTER)} />
          ) : (
            <EmptyState icon={IconUsers} title="Nobody here">
              When somebody texts a keyword of a published flow, a conversation begins and stands here until
              it ends.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

const NO_FILTER = { search: undefined, status: undefined };
const STATUSES = ['active', 'parked', 'ended'] as const;
