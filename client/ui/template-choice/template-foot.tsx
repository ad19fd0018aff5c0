import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './template-choice.module.css';

/** What starts from the chosen template: in sight however many there are. */
export function TemplateFoot({ children }: { children: ReactNode }) {
  return (
    <Group align="flex-end" justify="flex-end" className={classes.foot}>
      {children}
    </Group>
  );
}
