import { wallOf } from '../../lib/format/wall-clock.ts';
import { useNow } from '../../lib/use-now.ts';
import { useZone } from '../../lib/use-zone.ts';

/** The day it is in the workspace's zone: "2026-11-21". */
export function useToday(): string {
  const zone = useZone();
  return wallOf(new Date(useNow()).toISOString(), zone).slice(0, 10);
}
