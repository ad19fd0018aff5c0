import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

export interface EmptyStateProps {
  icon: Icon;
  /** What is not here yet, as a sentence. */
  title: string;
  /** What this list is for. */
  children?: ReactNode;
  /** The one thing to do first. */
  action?: ReactNode;
  /** A picture or an example of what will stand here. */
  example?: ReactNode;
}

/** What a list shows while there is nothing in it: what it is, and what to do first. */
export function EmptyState({ icon: Picture, title, children, action, example }: EmptyStateProps) {
  return (
    <Stack align="center" gap="sm" className={classes.empty}>
      <ThemeIcon size={44} variant="light" radius="xl" aria-hidden>
        <Picture size={22} stroke={1.6} />
      </ThemeIcon>
      <Title order={2} ta="center">
        {title}
      </Title>
      {children !== undefined && (
        <Text c="dimmed" ta="center" maw={460} component="div" className={classes.words}>
          {children}
        </Text>
      )}
      {action}
      {example !== undefined && <div className={classes.example}>{example}</div>}
    </Stack>
  );
}
