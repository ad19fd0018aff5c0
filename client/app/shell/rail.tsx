import {
  IconActivity,
  IconAddressBook,
  IconArrowsSplit2,
  IconChartBar,
  IconMessages,
  IconSettings,
  IconSpeakerphone,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import classes from './shell.module.css';

/** The places one goes to, at the left of every page. */
export function Rail() {
  return (
    <nav className={classes.rail} aria-label="Main">
      {PLACES.map(({ to, word, icon: Picture }) => (
        <Link key={to} to={to} className={classes.place} activeOptions={{ includeSearch: false }}>
          <Picture size={20} stroke={1.7} aria-hidden />
          {word}
        </Link>
      ))}
    </nav>
  );
}

const PLACES = [
  { to: '/flows', word: 'Flows', icon: IconArrowsSplit2 },
  { to: '/live', word: 'Live', icon: IconActivity },
  { to: '/results', word: 'Results', icon: IconChartBar },
  { to: '/messages', word: 'Messages', icon: IconMessages },
  { to: '/campaigns', word: 'Campaigns', icon: IconSpeakerphone },
  { to: '/contacts', word: 'Contacts', icon: IconAddressBook },
  { to: '/settings', word: 'Settings', icon: IconSettings },
] as const;
