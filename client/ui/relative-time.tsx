import { exactMoment, relativeMoment } from '../lib/format/moment.ts';
import { useNow } from '../lib/use-now.ts';
import { useZone } from '../lib/use-zone.ts';

export interface RelativeTimeProps {
  at: string;
  /** The hour counts, on another day too. */
  timed?: boolean;
}

/**
 * A moment as people say it, exact on hover, in the workspace's zone. Long lists are full of them, so the browser's own
 * tooltip has to do.
 */
export function RelativeTime({ at, timed }: RelativeTimeProps) {
  const zone = useZone();
  const now = useNow();
  return (
    <time dateTime={at} title={`${exactMoment(at, zone)} (${zone})`} style={{ whiteSpace: 'nowrap' }}>
      {relativeMoment(at, now, zone, timed)}
    </time>
  );
}
