import { VisuallyHidden } from '@mantine/core';
import {
  IconActivity,
  IconAddressBook,
  IconArrowsSplit2,
  IconChartBar,
  IconInbox,
  IconMessages,
  IconSettings,
  IconSpeakerphone,
  IconTicket,
  IconTrophy,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { inboxOpenQuery } from '../../lib/queries/inbox-queries.ts';
import classes from './shell.module.css';

/** The places one goes to, at the left of every page. */
export function Rail() {
  const inFlows = useLocation({ select: ({ pathname }) => /^\/runs(\/|$)/.test(pathname) });
  return (
    <nav className={classes.rail} aria-label="Main">
      {PLACES.map(({ to, word, icon: Picture }) => (
        <Link
          key={to}
          to={to}
          className={classes.place}
          activeOptions={{ includeSearch: false }}
          // People in flows have no place of their own: they are found by their flow.
          {...(to === '/flows' && inFlows && { 'data-status': 'active' })}
        >
          <Picture size={20} stroke={1.7} aria-hidden />
          {word}
          {to === '/inbox' && <InboxCount />}
        </Link>
      ))}
    </nav>
  );
}

/** How many texts wait to be read, and nothing where none does. */
function InboxCount() {
  const { data } = useQuery(inboxOpenQuery);
  if (!data || data.open === 0) return null;
  return (
    <span className={classes.count}>
      {data.open > 99 ? '99+' : data.open}
      <VisuallyHidden> to read</VisuallyHidden>
    </span>
  );
}

const PLACES = [
  { to: '/flows', word: 'Flows', icon: IconArrowsSplit2 },
  { to: '/live', word: 'Live', icon: IconActivity },
  { to: '/results', word: 'Results', icon: IconChartBar },
  { to: '/messages', word: 'Messages', icon: IconMessages },
  { to: '/inbox', word: 'Inbox', icon: IconInbox },
  { to: '/campaigns', word: 'Campaigns', icon: IconSpeakerphone },
  { to: '/contests', word: 'Contests', icon: IconTrophy },
  { to: '/vouchers', word: 'Vouchers', icon: IconTicket },
  { to: '/contacts', word: 'Contacts', icon: IconAddressBook },
  { to: '/settings', word: 'Settings', icon: IconSettings },
] as const;
