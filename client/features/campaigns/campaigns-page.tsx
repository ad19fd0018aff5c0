import { Button, Select } from '@mantine/core';
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { CampaignStatus } from '#shared/api/campaigns.ts';
import { listMoves } from '../../lib/list-moves.ts';
import { campaignsQuery } from '../../lib/queries/campaign-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListToolbar } from '../../ui/tables/list-toolbar.tsx';
import { NothingFound } from '../../ui/tables/nothing-found.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagedTable } from '../../ui/tables/paged-table.tsx';
import { UnlessEmpty } from '../../ui/tables/unless-empty.tsx';
import { CAMPAIGN_COLUMNS } from './campaign-columns.tsx';
import { CAMPAIGN_STATUSES } from './campaign-status-badge.tsx';
import { NewCampaignDialog } from './new-campaign-dialog.tsx';

const SIZE = 25;
const route = getRouteApi('/shell/campaigns');
const SHOWN: readonly CampaignStatus[] = ['draft', 'scheduled', 'running', 'paused', 'done', 'cancelled'];

/** Flows that were or will be begun with many people. */
export function CampaignsPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const mayPublish = useMay('publisher');
  const [adding, setAdding] = useState(false);
  const { page = 1, ...rest } = filter;
  const query = useQuery(campaignsQuery({ ...rest, page, size: SIZE }));
  const { change, toPage } = listMoves<typeof filter>(navigate);
  const filtered = filter.search !== undefined || filter.status !== undefined;
  const add = mayPublish && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      New campaign
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title="Campaigns"
        description="A campaign begins a flow with many people, at a pace you choose. What somebody has not agreed to is held back."
        actions={
          <UnlessEmpty query={query} filtered={filtered}>
            {add}
          </UnlessEmpty>
        }
      />
      <UnlessEmpty query={query} filtered={filtered}>
        <ListToolbar
          placeholder="Search campaigns and flows"
          search={filter.search}
          onSearch={(search) => change({ search })}
        >
          <Select
            aria-label="Status"
            placeholder="Any status"
            w={170}
            clearable
            clearButtonProps={{ 'aria-label': 'Any status' }}
            value={filter.status ?? null}
            onChange={(value) => change({ status: SHOWN.find((status) => status === value) })}
            data={SHOWN.map((status) => ({ value: status, label: CAMPAIGN_STATUSES[status].label }))}
          />
        </ListToolbar>
      </UnlessEmpty>
      <PagedTable
        label="Campaigns"
        columns={CAMPAIGN_COLUMNS}
        query={query}
        rowKey={({ id }) => id}
        empty={
          filtered ? (
            <NothingFound what="campaign" onClear={() => change({ search: undefined, status: undefined })} />
          ) : (
            <EmptyState icon={IconSpeakerphone} title="No campaign yet" action={add}>
              Choose a live flow and whom it is for: a list, a tag, or the numbers of a file. Before anything
              goes out you see how many will get it, what it takes, and when it ends.
            </EmptyState>
          )
        }
        page={page}
        size={SIZE}
        onPage={toPage}
      />
      {adding && <NewCampaignDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
