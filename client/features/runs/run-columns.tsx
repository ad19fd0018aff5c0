import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RunSummary } from '#shared/api/runs.ts';
import { shownPhone } from '../../lib/format/shown-phone.ts';
import type { Column } from '../../ui/tables/column.ts';
import { PhoneNumber } from '../../ui/phone-number.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RunStatusBadge } from '../../ui/badges/run-status-badge.tsx';

/** What the list of conversations says about each. */
export const RUN_COLUMNS: readonly Column<RunSummary>[] = [
  {
    key: 'person',
    header: 'Person',
    cell: ({ id, contact }) => (
      <>
        <Link to="/runs/$runId" params={{ runId: id }} data-row-link dir="auto">
          {contact.name ?? shownPhone(contact.phone)}
        </Link>
        {contact.name !== null && (
          <Text size="xs" c="dimmed">
            <PhoneNumber phone={contact.phone} />
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
        <Text lineClamp={1}>
          <bdi>{flow.name}</bdi>
        </Text>
        <Text size="xs" c="dimmed">
          Version {flow.version}
        </Text>
      </>
    ),
  },
  {
    key: 'step',
    header: 'Stands at',
    cell: ({ status, step }) => (
      <Text size="sm" c={status === 'ended' ? 'dimmed' : undefined}>
        <bdi>{status === 'ended' ? '–' : step}</bdi>
      </Text>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    width: 140,
    cell: ({ status, outcome }) => <RunStatusBadge status={status} outcome={outcome} />,
  },
  {
    key: 'wake',
    header: 'Goes on',
    width: 110,
    cell: ({ wakeAt }) => (
      <Text size="sm" c="dimmed">
        {wakeAt === null ? '–' : <RelativeTime at={wakeAt} />}
      </Text>
    ),
  },
  {
    key: 'began',
    header: 'Began',
    width: 110,
    wide: true,
    cell: ({ startedAt }) => (
      <Text size="sm" c="dimmed">
        <RelativeTime at={startedAt} />
      </Text>
    ),
  },
];
