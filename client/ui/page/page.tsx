import type { ReactNode } from 'react';
import classes from './page.module.css';

/** The frame of an ordinary page: its margins, and how wide its lines may grow. */
export function Page({ children }: { children: ReactNode }) {
  return <div className={classes.page}>{children}</div>;
}
