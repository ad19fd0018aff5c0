import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Issue } from '../definition/issue.ts';
import { issueAt } from './issue-at.ts';

/** What to spread on an input so that it shows the issue at its path: errors in red, warnings as a note below the label. */
export function fieldProps(
  issues: readonly Issue[],
  path: string,
  description?: string,
): {
  error?: string;
  description?: ReactNode;
  inputWrapperOrder: ('label' | 'input' | 'error' | 'description')[];
} {
  const issue = issueAt(issues, path);
  const order: ('label' | 'input' | 'error' | 'description')[] = ['label', 'input', 'error', 'description'];
  if (issue?.severity === 'error') return { error: issue.message, description, inputWrapperOrder: order };
  if (!issue) return { description, inputWrapperOrder: order };
  return {
    inputWrapperOrder: order,
    description: (
      <Text span inherit c="var(--tl-warn)">
        {issue.message}
      </Text>
    ),
  };
}
