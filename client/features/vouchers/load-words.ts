import type { CodesLoad } from '#shared/api/vouchers.ts';
import { counted, wholeNumber } from '../../lib/format/number.ts';

/** How far a loading is, in a sentence. */
export function loadWords({ made, step, done, total }: CodesLoad): string {
  const share = `${wholeNumber(done)} of ${counted(total, 'code')}`;
  switch (step) {
    case 'waiting':
      return 'It waits until others are through with this pool.';
    case 'reading':
      return `${wholeNumber(done)} of about ${counted(total, 'line')} read.`;
    case 'checking':
      return `${counted(total, 'line')} read, now looked through…`;
    case 'adding':
      return made ? `${share} made.` : `${share} added.`;
  }
}

/** How far it is in per cent of all its steps; null: nobody can tell. */
export function loadShare({ made, step, done, total }: CodesLoad): number | null {
  const share = Math.min(1, done / Math.max(1, total));
  switch (step) {
    case 'waiting':
      return null;
    case 'reading':
      return share * READ;
    case 'checking':
      return READ;
    case 'adding':
      return made ? share * 100 : CHECKED + share * (100 - CHECKED);
  }
}

/** So far it is once all lines are read, and once they are looked through. */
const READ = 20;
const CHECKED = 40;
