import { ActionIcon, Indicator, Popover, Text, Tooltip } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Notice } from '#shared/api/notices.ts';
import { formatPhone } from '#shared/sms/phone.ts';
import { noticesQuery } from '../../lib/queries/notice-queries.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import classes from './notices-menu.module.css';

/** What flows told the team lately, with a mark while somebody has not looked. */
export function NoticesMenu() {
  const [opened, { close, toggle }] = useDisclosure(false);
  const [seen, setSeen] = useLocalStorage({ key: 'textloom-notices-seen', defaultValue: '' });
  const { data } = useQuery(noticesQuery);
  const notices = data?.items ?? [];
  const newest = notices[0]?.id ?? '';
  const unseen = notices.filter(({ id }) => id > seen).length;
  const label = unseen === 0 ? 'What flows told the team' : `${unseen} new from flows`;
  return (
    <Popover opened={opened} onChange={close} position="bottom-end" width={360} shadow="md" trapFocus>
      <Popover.Target>
        <Tooltip label={label} disabled={opened}>
          <Indicator disabled={unseen === 0} size={8} offset={6}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={label}
              aria-expanded={opened}
              onClick={() => {
                toggle();
                setSeen(newest);
              }}
            >
              <IconBell size={18} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        {notices.length === 0 ? (
          <Text size="sm" c="dimmed" p="md">
            Nothing yet. A “Tell the team” step in a flow puts a line here.
          </Text>
        ) : (
          <ul className={classes.list}>
            {notices.map((notice) => (
              <NoticeLine key={notice.id} notice={notice} onOpen={close} />
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function NoticeLine({ notice: { text, at, contact, flow }, onOpen }: { notice: Notice; onOpen: () => void }) {
  return (
    <li>
      <Link
        to="/contacts/$contactId"
        params={{ contactId: contact.id }}
        className={classes.line}
        onClick={onOpen}
      >
        <Text size="sm" lineClamp={3} dir="auto">
          {text}
        </Text>
        <Text size="xs" c="dimmed">
          {contact.name ?? formatPhone(contact.phone)} · {flow?.name ?? 'a flow that is gone'} ·{' '}
          <RelativeTime at={at} />
        </Text>
      </Link>
    </li>
  );
}
