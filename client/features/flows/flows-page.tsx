import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { FlowStatus } from '#shared/api/flows.ts';
import { listMoves } from '../../lib/list-moves.ts';
import { flowsQuery } from '../../lib/queries/flow-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { ListToolbar } from '../../ui/tables/list-toolbar.tsx';
import { NothingFound } from '../../ui/tables/nothing-found.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagedTable } from '../../ui/tables/paged-table.tsx';
import { UnlessEmpty } from '../../ui/tables/unless-empty.tsx';
import { FLOW_COLUMNS } from './flow-columns.tsx';
import { NewFlowDialog } from './new-flow-dialog.tsx';
import { NoFlows } from './no-flows.tsx';
import type { Start } from './start.ts';

const SIZE = 25;
const route = getRouteApi('/shell/flows');

/** Every flow of the workspace: what it answers to, how many people are in it, and the way to a new one. */
export function FlowsPage() {
  const { new: creating = false, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(flowsQuery({ ...filter, size: SIZE }));
  const [start, setStart] = useState<Start>('template');
  const mayAuthor = useMay('author');
  const showDialog = (opened: boolean) =>
    void navigate({ search: (now) => ({ ...now, new: opened || undefined }), replace: true });
  const create = (from: Start) => {
    setStart(from);
    showDialog(true);
  };
  const { change, toPage } = listMoves<typeof filter>(navigate);
  const filtered = filter.search !== undefined || filter.status !== undefined;
  return (
    <Page>
      <PageHeader
        title="Flows"
        description="A flow is a conversation by text: the keyword that starts it, what people read, and where each answer leads."
        actions={
          mayAuthor && (
            <UnlessEmpty query={query} filtered={filtered}>
              <Button leftSection={<IconPlus size={16} />} onClick={() => create('template')}>
                New flow
              </Button>
            </UnlessEmpty>
          )
        }
      />
      <UnlessEmpty query={query} filtered={filtered}>
        <ListToolbar
          placeholder="Search names and keywords"
          search={filter.search}
          onSearch={(search) => change({ search })}
        >
          <SegmentedControl
            aria-label="Status"
            value={filter.status ?? 'all'}
            onChange={(value) => change({ status: STATUSES.find(({ status }) => status === value)?.status })}
            data={[
              { value: 'all', label: 'All' },
              ...STATUSES.map(({ status, label }) => ({ value: status, label })),
            ]}
          />
        </ListToolbar>
      </UnlessEmpty>
      <PagedTable
        label="Flows"
        columns={FLOW_COLUMNS}
        query={query}
        rowKey={(flow) => flow.id}
        empty={
          filtered ? (
            <NothingFound what="flow" onClear={() => change({ search: undefined, status: undefined })} />
          ) : (
            <NoFlows onCreate={mayAuthor ? create : undefined} />
          )
        }
        page={filter.page ?? 1}
        size={SIZE}
        onPage={toPage}
      />
      <NewFlowDialog opened={creating} onClose={() => showDialog(false)} start={start} />
    </Page>
  );
}

const STATUSES: readonly { status: FlowStatus; label: string }[] = [
  { status: 'live', label: 'Live' },
  { status: 'draft', label: 'Draft' },
  { status: 'paused', label: 'Paused' },
  { status: 'archived', label: 'Archived' },
];
