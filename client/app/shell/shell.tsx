import { useHotkeys } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { openSearch } from '../../features/search/open-search.ts';
import { followLive } from '../../lib/live/follow-live.ts';
import { useSession } from '../../lib/queries/session-queries.ts';
import { ZoneContext } from '../../lib/use-zone.ts';
import { Rail } from './rail.tsx';
import classes from './shell.module.css';
import { StoppedBanner } from './stopped-banner.tsx';
import { TopBar } from './top-bar.tsx';

// The first page need not wait for the search. Whoever asks for it earlier still has it as soon as it is there.
const Search = lazy(async () => ({ default: (await import('../../features/search/search.tsx')).Search }));

/** The frame around every page behind the sign-in: bar, rail, and the page between. */
export function Shell() {
  const client = useQueryClient();
  const { workspace } = useSession();
  useEffect(() => followLive(client), [client]);
  useHotkeys([['mod+K', openSearch]], []);
  return (
    <div className={classes.shell}>
      <a href="#page" className="skip-link">
        Skip to the page
      </a>
      <TopBar />
      {workspace.sendingStopped && <StoppedBanner />}
      <Rail />
      <main id="page" className={classes.page} tabIndex={-1}>
        <ZoneContext value={workspace.timeZone}>
          <Outlet />
        </ZoneContext>
      </main>
      <Suspense>
        <Search />
      </Suspense>
    </div>
  );
}
