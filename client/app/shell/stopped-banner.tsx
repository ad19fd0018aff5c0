import { IconHandStop } from '@tabler/icons-react';
import { StartSendingButton } from './sending-switch.tsx';
import classes from './shell.module.css';

/** Stands over every page while all sending is stopped. */
export function StoppedBanner() {
  return (
    <div className={classes.banner} role="status">
      <IconHandStop size={18} aria-hidden />
      <strong>All sending is stopped.</strong>
      <span>Texts that come in are stored; replies wait in the queue.</span>
      <StartSendingButton />
    </div>
  );
}
