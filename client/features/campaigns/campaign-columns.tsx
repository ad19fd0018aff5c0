import { Progress, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { CampaignSummary } from '#shared/api/campaigns.ts';
import { wholeNumber } from '../../lib/format/number.ts';
import type { Column } from '../../ui/tables/column.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { CampaignStatusBadge } from './campaign-status-badge.tsx';
import { TROUBLES } from './campaign-words.ts';

/** What the list of campaigns says about each. */
export const CAMPAIGN_COLUMNS: readonly Column<CampaignSummary>[] = [
  {
    key: 'name',
    header: 'Campaign',
    cell: ({ id, name, number, schedule }) => (
      <>
        <Link to="/campaigns/$campaignId" params={{ campaignId: id }} data-row-link dir="auto">
          {name}
        </Link>
        {schedule.kind === 'every' && (
          <Text size="xs" c="dimmed">
            Every {schedule.every}, number {number}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'flow',
    header: 'Flow',
    cell: ({ flow }) => (
      <>
        <Text size="sm" lineClamp={1}>
          <bdi>{flow.name}</bdi>
        </Text>
        <Text size="xs" c="dimmed">
          Version {flow.version}
        </Text>
      </>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    width: 140,
    cell: ({ status, trouble }) => (
      <>
        <CampaignStatusBadge status={status} />
        {trouble !== null && (
          <Text size="xs" c="dimmed">
            {TROUBLES[trouble]}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'people',
    header: 'People',
    width: 170,
    cell: ({ people, waiting, status, name }) =>
      status === 'draft' || status === 'scheduled' || status === 'cancelled' ? (
        <Text size="sm" c="dimmed">
          {people === 0 ? '–' : wholeNumber(people)}
        </Text>
      ) : (
        <>
          <Text size="sm" className="tabular">
            {wholeNumber(people - waiting)} of {wholeNumber(people)}
          </Text>
          <Progress
            size="xs"
            value={people === 0 ? 100 : ((people - waiting) / people) * 100}
            aria-label={`How far ${name} has come`}
          />
        </>
      ),
  },
  {
    key: 'when',
    header: 'Begins',
    width: 140,
    cell: ({ beganAt, startsAt }) => (
      <Text size="sm" c="dimmed">
        {(beganAt ?? startsAt) ? <RelativeTime at={beganAt ?? startsAt ?? ''} timed /> : '–'}
      </Text>
    ),
  },
];
