import { Tooltip } from '@mantine/core';
import { exactMoment, relativeMoment } from '../lib/format/moment.ts';
import { useNow } from '../lib/use-now.ts';
import { useZone } from '../lib/use-zone.ts';

/** A moment as people say it, exact on hover, in the workspace's zone. */
export function RelativeTime({ at }: { at: string }) {
  const zone = useZone();
  const now = useNow();
  return (
    <Tooltip label={`${exactMoment(at, zone)} (${zone})`}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {relativeMoment(at, now, zone)}
      </time>
    </Tooltip>
  );
}
