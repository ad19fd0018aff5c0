import { Card } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './with-aside.module.css';

/** What a page is about, and a card of plain facts beside it, or below it where there is no room. */
export function WithAside({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.columns}>
      {children}
      <Card>{aside}</Card>
    </div>
  );
}
