import { CloseButton, Pill } from '@mantine/core';
import type { ReactNode } from 'react';

export interface FilterPillProps {
  /** What the list is narrowed down to. */
  children: ReactNode;
  onClear: () => void;
  /** What the button does, for screen readers: "All flows". */
  clearLabel: string;
}

/** A filter that was set by following a link, with the way to drop it. */
export function FilterPill({ children, onClear, clearLabel }: FilterPillProps) {
  return (
    <Pill size="lg" maw={260} bg="var(--tl-accent-soft)">
      {children}
      <CloseButton size="xs" ml={4} onClick={onClear} aria-label={clearLabel} />
    </Pill>
  );
}
