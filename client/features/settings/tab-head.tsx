import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './settings.module.css';

export interface TabHeadProps {
  title: string;
  /** What stands under this heading is for. */
  children: ReactNode;
  action?: ReactNode;
}

/** The head of one part of the settings. */
export function TabHead({ title, children, action }: TabHeadProps) {
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        <Title order={2}>{title}</Title>
        <Text c="dimmed" maw={620}>
          {children}
        </Text>
      </div>
      {action}
    </header>
  );
}
