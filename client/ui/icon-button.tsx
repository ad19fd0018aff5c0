import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

export interface IconButtonProps {
  /** Shown beside the pointer. */
  label: string;
  /** Read out where the label alone does not say what it is about. */
  says?: string;
  onClick: () => void;
  /** The icon. */
  children: ReactNode;
}

/** A button that is an icon, and says in words what it does. */
export function IconButton({ label, says = label, onClick, children }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={says} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
