import { Text } from '@mantine/core';
import type { Column } from '../../ui/tables/column.ts';

/** In which flow something was measured. */
export const flowColumn: Column<{ flow: { name: string } }> = {
  key: 'flow',
  header: 'Flow',
  wide: true,
  sortBy: ({ flow }) => flow.name,
  cell: ({ flow }) => (
    <Text size="sm" c="dimmed" lineClamp={2}>
      <bdi>{flow.name}</bdi>
    </Text>
  ),
};
