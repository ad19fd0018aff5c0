import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page.module.css';

/** The frame of an ordinary page: its margins and how wide its lines may grow. */
export function Page({ children, width = 1240 }: { children: ReactNode; width?: number }) {
  return (
    <Box className={classes.page} maw={width}>
      {children}
    </Box>
  );
}
