import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';

export interface RowButtonProps {
  /** Whether this person may open the row; else it is plain text. */
  allowed: boolean;
  onClick: () => void;
  children: ReactNode;
}

/** The name of a row, which opens it for those who may change it. */
export function RowButton({ allowed, onClick, children }: RowButtonProps) {
  if (!allowed) return <bdi style={{ fontWeight: 500 }}>{children}</bdi>;
  return (
    <UnstyledButton data-row-link onClick={onClick} fz="inherit">
      <bdi>{children}</bdi>
    </UnstyledButton>
  );
}
