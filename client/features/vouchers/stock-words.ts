import type { CodeState, PoolSummary } from '#shared/api/vouchers.ts';
import { wholeNumber } from '../../lib/format/number.ts';

/** How many codes of a pool are where. */
export type Stock = Pick<PoolSummary, 'total' | CodeState>;

/** Where codes are, in the order in which they go. */
export const STOCK_PARTS: readonly { state: CodeState; label: string; color: string }[] = [
  { state: 'available', label: 'Available', color: 'var(--tl-info)' },
  { state: 'reserved', label: 'Reserved', color: 'var(--tl-warn)' },
  { state: 'sent', label: 'Sent', color: 'var(--mantine-color-dimmed)' },
  { state: 'redeemed', label: 'Redeemed', color: 'var(--tl-good)' },
];

/** The stock in one line: "412 available, 3 reserved, 60 sent, 25 redeemed". */
export const stockWords = (stock: Stock): string =>
  STOCK_PARTS.map(({ state, label }) => `${wholeNumber(stock[state])} ${label.toLowerCase()}`).join(', ');
