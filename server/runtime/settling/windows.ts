import type { TransactionAnswer } from '#flows/engine/effects.ts';
import { clocksOf } from '#flows/engine/contact-clocks.ts';
import { openAt } from '#flows/engine/opening-hours.ts';
import { ZONES } from '../../common/zones.ts';
import type { WindowCheck } from './open-request.ts';

/** Whether it is open now where the person is; the strictest zone counts where nobody knows. */
export function windows(open: readonly WindowCheck[]): TransactionAnswer[] {
  return open.map(({ request, world, phone, fields, at }) => {
    const clocks = clocksOf(request.zone, { phone, fields, timeZone: world.timeZone }, ZONES);
    const { open: isOpen, opens } = openAt(request.hours, at, clocks);
    return { outcome: isOpen ? 'open' : 'closed', ...(opens === null ? {} : { until: opens }) };
  });
}
