import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Issue } from '#flows/definition/issue.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { neededBy } from './needed-by.ts';
import type { Provide } from './use-provide.ts';

/** Adds the list or contest whose lack is the problem, in one click. */
export function AddNeededButton({
  issue,
  definition,
  provide,
}: {
  issue: Issue;
  definition: Definition;
  provide: Provide;
}) {
  const lack = neededBy(issue, definition);
  if (!lack) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconPlus size={12} />}
      loading={provide.busy}
      onClick={() => provide.add(lack.needs)}
    >
      {lack.label}
    </Button>
  );
}
