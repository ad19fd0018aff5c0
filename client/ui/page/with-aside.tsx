import { Card, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './with-aside.module.css';

interface WithAsideProps {
  aside: ReactNode;
  /** Further cards below the one of facts. */
  below?: ReactNode;
  children: ReactNode;
}

/** What a page is about, and a card of plain facts beside it, or below it where there is no room. */
export function WithAside({ aside, below, children }: WithAsideProps) {
  return (
    <div className={classes.columns}>
      {children}
      <Stack>
        <Card>{aside}</Card>
        {below}
      </Stack>
    </div>
  );
}
