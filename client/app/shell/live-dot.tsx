import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { compactNumber, wholeNumber } from '../../lib/format/number.ts';
import { useLive } from '../../lib/live/live-store.ts';
import classes from './shell.module.css';

/** Messages in the last minute, and whether this page hears of new ones at once. */
export function LiveDot() {
  const connection = useLive((live) => live.connection);
  const { inbound, outbound } = useLive((live) => live.perMinute);
  const texts = inbound + outbound;
  return (
    <Tooltip
      label={
        connection === 'open'
          ? `Last minute: ${wholeNumber(inbound)} in, ${wholeNumber(outbound)} out`
          : 'No live connection. Lists still load; trying again.'
      }
    >
      <Link to="/live" className={classes.live}>
        <span className={classes.dot} data-connection={connection} aria-hidden />
        {connection === 'open' ? (
          <span className="tabular">
            {compactNumber(texts)}
            <span className={classes.hideNarrow}> {texts === 1 ? 'text' : 'texts'} a minute</span>
          </span>
        ) : (
          <span>{connection === 'broken' ? 'Offline' : 'Connecting'}</span>
        )}
      </Link>
    </Tooltip>
  );
}
