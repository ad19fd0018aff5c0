import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from '../../lib/page-title.ts';
import classes from './page.module.css';

export interface PageHeaderProps {
  title: string;
  /** What the browser's tab says instead of the title. */
  tabTitle?: string;
  /** One sentence on what the page is for. */
  description?: ReactNode;
  /** What stands above the title: the way back. */
  above?: ReactNode;
  /** What stands beside the title: a status. */
  beside?: ReactNode;
  /** Buttons at the right. */
  actions?: ReactNode;
}

/** The head of a page; it also names the browser's tab. */
export function PageHeader({
  title,
  tabTitle = title,
  description,
  above,
  beside,
  actions,
}: PageHeaderProps) {
  usePageTitle(tabTitle);
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        {above}
        <Group gap="sm">
          <Title order={1} className={classes.title} dir="auto">
            {title}
          </Title>
          {beside}
        </Group>
        {description !== undefined && (
          <Text c="dimmed" mt={4} maw={760} className={classes.description}>
            {description}
          </Text>
        )}
      </div>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </header>
  );
}
