import { Kbd, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { openSearch } from '../../features/search/open-search.ts';
import { useSession } from '../../lib/queries/session-queries.ts';
import { useKeyNames } from '../../lib/use-key-names.ts';
import { LiveDot } from './live-dot.tsx';
import { NoticesMenu } from './notices-menu.tsx';
import { PersonMenu } from './person-menu.tsx';
import { SendingSwitch } from './sending-switch.tsx';
import classes from './shell.module.css';

/** The bar over every page: where one is, search, what goes on, the emergency switch, and who one is. */
export function TopBar() {
  const { workspace } = useSession();
  const nameOf = useKeyNames();
  return (
    <header className={classes.bar}>
      <Link to="/flows" className={classes.brand} aria-label={`${workspace.name}: all flows`}>
        <img src="/favicon.svg" alt="" width={26} height={26} />
        <span className={classes.workspace} dir="auto" title={workspace.name}>
          {workspace.name}
        </span>
      </Link>
      <UnstyledButton
        className={classes.search}
        onClick={openSearch}
        aria-label="Search everything"
        aria-keyshortcuts="Control+K"
      >
        <IconSearch size={16} aria-hidden />
        <span className={classes.searchWords}>Search or jump to…</span>
        <Kbd size="xs">{nameOf('Ctrl')} K</Kbd>
      </UnstyledButton>
      <div className={classes.tools}>
        <LiveDot />
        <NoticesMenu />
        <SendingSwitch />
        <PersonMenu />
      </div>
    </header>
  );
}
