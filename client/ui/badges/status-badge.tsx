import type { Icon } from '@tabler/icons-react';
import classes from './status-badge.module.css';

/** How good the news is; it chooses the icon's colour, never the only sign. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

export interface StatusBadgeProps {
  icon: Icon;
  label: string;
  tone: Tone;
}

/** A status as an icon and a word. */
export function StatusBadge({ icon: Sign, label, tone }: StatusBadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <Sign size={14} stroke={2} aria-hidden />
      {label}
    </span>
  );
}
