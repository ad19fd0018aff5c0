import { Text } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Message } from '#shared/api/messages.ts';
import { shownPhone } from '../../lib/format/shown-phone.ts';
import type { Column } from '../../ui/tables/column.ts';
import { MessageStatusBadge } from '../../ui/badges/message-status-badge.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { TextWords } from '../../ui/texts/text-words.tsx';
import classes from './messages.module.css';

/** What the list of messages says about each. */
export const MESSAGE_COLUMNS: readonly Column<Message>[] = [
  {
    key: 'direction',
    header: 'Way',
    width: 72,
    roomy: true,
    cell: ({ direction }) => <Way direction={direction} />,
  },
  {
    key: 'person',
    header: 'Person',
    width: 200,
    roomy: true,
    cell: ({ contact, other }) => <PersonName name={contact?.name ?? null} phone={contact?.phone ?? other} />,
  },
  {
    key: 'text',
    header: 'Text',
    cell: (message) => (
      <>
        <span className={classes.onPhone}>
          <Way direction={message.direction} />
          <bdi>{message.contact?.name ?? shownPhone(message.contact?.phone ?? message.other)}</bdi>
          <RelativeTime at={message.at} />
        </span>
        <Link
          from="/messages"
          to="."
          search={(now) => ({ ...now, open: message.id })}
          className={classes.text}
          data-row-link="plain"
          dir="auto"
        >
          <TextWords text={message.text} erased={message.erased} />
        </Link>
        {message.reason !== null && (
          <Text size="xs" c="dimmed">
            {message.reason}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'flow',
    header: 'Flow',
    width: 170,
    wide: true,
    cell: ({ flow }) => (
      <Text size="sm" c="dimmed" lineClamp={2}>
        <bdi>{flow?.name ?? '–'}</bdi>
      </Text>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    width: 160,
    cell: (message) => <MessageStatusBadge message={message} />,
  },
  {
    key: 'at',
    header: 'When',
    width: 100,
    roomy: true,
    cell: ({ at }) => (
      <Text size="sm" c="dimmed">
        <RelativeTime at={at} />
      </Text>
    ),
  },
];

function Way({ direction }: Pick<Message, 'direction'>) {
  const [Sign, word] = direction === 'in' ? [IconArrowDownLeft, 'In'] : [IconArrowUpRight, 'Out'];
  return (
    <span className={classes.way}>
      <Sign size={15} aria-hidden />
      {word}
    </span>
  );
}
