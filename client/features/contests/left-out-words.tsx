import type { Draw, LeftOut } from '#shared/api/contests.ts';
import { counted } from '../../lib/format/number.ts';

/** How many entries a draw leaves out, and why, in a sentence. */
export function LeftOutWords({ leftOut }: Pick<Draw, 'leftOut'>) {
  const all = leftOut.reduce((sum, { entries }) => sum + entries, 0);
  if (all === 0) return 'Nobody was left out.';
  const reasons = leftOut.map(({ reason, entries }) => `${entries.toLocaleString('en')} ${REASONS[reason]}`);
  return `${counted(all, 'entry was', 'entries were')} left out: ${reasons.join(', ')}.`;
}

const REASONS: Readonly<Record<LeftOut, string>> = {
  'by-hand': 'by hand',
  late: 'came too late',
  erased: 'erased since',
  'won-before': 'won before',
  tag: 'by tag',
  country: 'from another country',
  'age-unknown': 'without the age',
};
