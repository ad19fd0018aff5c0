import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { VoucherCode } from '#shared/api/vouchers.ts';
import type { Column } from '../../ui/tables/column.ts';
import { TextLink } from '../../ui/links.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { CodeStateBadge } from './code-state-badge.tsx';

/** What the list of codes says about each. */
export const CODE_COLUMNS: readonly Column<VoucherCode>[] = [
  {
    key: 'code',
    header: 'Code',
    width: 160,
    cell: ({ code }) => (
      <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        <bdi>{code}</bdi>
      </Text>
    ),
  },
  {
    key: 'state',
    header: 'State',
    width: 110,
    cell: ({ state }) => <CodeStateBadge state={state} />,
  },
  {
    key: 'person',
    header: 'Who has it',
    cell: ({ state, contact }) =>
      contact ? (
        <Link to="/contacts/$contactId" params={{ contactId: contact.id }} data-row-link>
          <PersonName name={contact.name} phone={contact.phone} />
        </Link>
      ) : (
        <Text size="sm" c="dimmed">
          {state === 'available' ? '–' : 'Erased since'}
        </Text>
      ),
  },
  {
    key: 'run',
    header: 'Given in',
    width: 130,
    wide: true,
    cell: ({ runId }) =>
      runId === null ? (
        <Text size="sm" c="dimmed">
          –
        </Text>
      ) : (
        <TextLink to="/runs/$runId" params={{ runId }} size="sm">
          Conversation
        </TextLink>
      ),
  },
  {
    key: 'when',
    header: 'Since',
    width: 100,
    roomy: true,
    cell: ({ reservedAt, sentAt, redeemedAt }) => {
      const at = redeemedAt ?? sentAt ?? reservedAt;
      return (
        <Text size="sm" c="dimmed">
          {at === null ? '–' : <RelativeTime at={at} />}
        </Text>
      );
    },
  },
];
