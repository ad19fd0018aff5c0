import type { Campaign } from '#shared/api/campaigns.ts';
import { wallOf } from '../../lib/format/wall-clock.ts';
import { useNow } from '../../lib/use-now.ts';
import { useZone } from '../../lib/use-zone.ts';
import { isTooLate } from './campaign-plan.ts';

/** Whether the time of a draft has passed by now. */
export function useTooLate(campaign: Campaign): boolean {
  const now = useNow();
  return isTooLate(campaign, wallOf(new Date(now).toISOString(), useZone()));
}
