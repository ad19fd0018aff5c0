import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ContestEntry } from '#shared/api/contests.ts';
import type { Column } from '../../ui/tables/column.ts';
import { TextLink } from '../../ui/links.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** What the list of entries says about each. */
export const ENTRY_COLUMNS: readonly Column<ContestEntry>[] = [
  {
    key: 'person',
    header: 'Person',
    cell: ({ contactId, phone, name, leftOut }) => (
      <>
        {phone === null ? (
          <Text size="sm" c="dimmed">
            Erased since
          </Text>
        ) : (
          <Link to="/contacts/$contactId" params={{ contactId }} data-row-link>
            <PersonName name={name} phone={phone} />
          </Link>
        )}
        {leftOut !== null && (
          <Text size="xs" c="dimmed" dir="auto">
            Left out{leftOut === '' ? '' : `: ${leftOut}`}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'how',
    header: 'How',
    width: 200,
    cell: ({ runId, enteredBy }) =>
      runId === null ? (
        <Text size="sm">
          Written down by <bdi>{enteredBy}</bdi>
        </Text>
      ) : (
        <TextLink to="/runs/$runId" params={{ runId }} size="sm">
          By text
        </TextLink>
      ),
  },
  {
    key: 'at',
    header: 'When',
    width: 120,
    wide: true,
    cell: ({ at }) => (
      <Text size="sm" c="dimmed">
        <RelativeTime at={at} />
      </Text>
    ),
  },
];
