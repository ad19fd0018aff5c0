import { IconHandStop } from '@tabler/icons-react';
import { useSession } from '../../lib/queries/session-queries.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StartSendingButton } from './sending-switch.tsx';
import classes from './shell.module.css';

/** Stands over every page while all sending is stopped. */
export function StoppedBanner() {
  const { stopped } = useSession().workspace;
  return (
    <div className={classes.banner} role="status">
      <IconHandStop size={18} aria-hidden />
      <strong>All sending is stopped.</strong>
      <span>
        Texts that come in are stored; replies wait in the queue, and campaigns stand still.
        {stopped !== null && (
          <>
            {' '}
            Stopped by <bdi>{stopped.by ?? 'somebody who is gone'}</bdi> <RelativeTime at={stopped.at} />.
          </>
        )}
      </span>
      <StartSendingButton />
    </div>
  );
}
