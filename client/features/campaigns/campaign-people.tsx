import { Select, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Campaign, CampaignPerson } from '#shared/api/campaigns.ts';
import { type OrderOutcome, orderOutcomeSchema } from '#shared/api/orders.ts';
import { heldBackWords, OUTCOME_WORDS } from '../../lib/order-words.ts';
import { campaignPeopleQuery } from '../../lib/queries/campaign-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import type { Column } from '../../ui/tables/column.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ExportButton } from '../../ui/tables/export-button.tsx';
import { ListToolbar } from '../../ui/tables/list-toolbar.tsx';
import { PagedTable } from '../../ui/tables/paged-table.tsx';
import { PhoneNumber } from '../../ui/phone-number.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

const SIZE = 25;

/** The people of a campaign, and what came of it for each. */
export function CampaignPeople({ campaign }: { campaign: Campaign }) {
  const [filter, setFilter] = useState<{ search?: string; outcome?: OrderOutcome; page: number }>({
    page: 1,
  });
  const query = useQuery(campaignPeopleQuery(campaign.id, { ...filter, size: SIZE }));
  const mayExport = useMay('compliance');
  return (
    <section aria-label="People">
      <ListToolbar
        placeholder="Search numbers"
        search={filter.search}
        onSearch={(search) => setFilter((now) => ({ ...now, search, page: 1 }))}
        end={mayExport && <ExportButton path={`/api/campaigns/${campaign.id}/export`} name="campaign.csv" />}
      >
        <Select
          aria-label="Outcome"
          placeholder="Any outcome"
          w={190}
          clearable
          clearButtonProps={{ 'aria-label': 'Any outcome' }}
          value={filter.outcome ?? null}
          onChange={(value) =>
            setFilter((now) => ({ ...now, outcome: orderOutcomeSchema.safeParse(value).data, page: 1 }))
          }
          data={orderOutcomeSchema.options
            .filter((outcome) => outcome !== 'sent')
            .map((outcome) => ({ value: outcome, label: OUTCOME_WORDS[outcome] }))}
        />
      </ListToolbar>
      <PagedTable
        label="People of this campaign"
        columns={COLUMNS}
        query={query}
        rowKey={({ phone }) => phone}
        empty={
          <EmptyState icon={IconUsers} title="Nobody here">
            Nobody of this campaign is like that.
          </EmptyState>
        }
        page={filter.page}
        size={SIZE}
        onPage={(page) => setFilter((now) => ({ ...now, page }))}
      />
    </section>
  );
}

const COLUMNS: readonly Column<CampaignPerson>[] = [
  {
    key: 'person',
    header: 'Person',
    cell: ({ phone, contactId, runId }) =>
      runId !== null ? (
        <Link to="/runs/$runId" params={{ runId }} data-row-link>
          <PhoneNumber phone={phone} />
        </Link>
      ) : contactId !== null ? (
        <Link to="/contacts/$contactId" params={{ contactId }} data-row-link>
          <PhoneNumber phone={phone} />
        </Link>
      ) : (
        <PhoneNumber phone={phone} />
      ),
  },
  {
    key: 'outcome',
    header: 'What came of it',
    cell: ({ outcome, reason }) => (
      <>
        <Text size="sm">{outcome === null ? 'Waits for their turn' : OUTCOME_WORDS[outcome]}</Text>
        {outcome === 'held-back' && (
          <Text size="xs" c="dimmed">
            {heldBackWords(reason)}
          </Text>
        )}
        {outcome === 'failed' && (
          <Text size="xs" c="dimmed">
            {reason}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'at',
    header: 'When',
    width: 120,
    cell: ({ at }) => (
      <Text size="sm" c="dimmed">
        {at === null ? '–' : <RelativeTime at={at} />}
      </Text>
    ),
  },
];
