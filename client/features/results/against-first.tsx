import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Column } from '../../ui/tables/column.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import type { Against } from './against-columns.tsx';

export interface AgainstFirstProps<Row extends Against> {
  /** What the first version is called. */
  first: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** How to decide by it. */
  children: ReactNode;
}

/** Every other version of a test against the first. */
export function AgainstFirst<Row extends Against>({
  first,
  columns,
  rows,
  children,
}: AgainstFirstProps<Row>) {
  return (
    <section>
      <Title order={2} size="h3" mb="xs">
        Against <bdi>{first}</bdi>
      </Title>
      <DataTable
        linked={false}
        label={`Against ${first}`}
        columns={columns}
        rows={rows}
        rowKey={({ arm }) => arm}
        empty={null}
      />
      <Text size="xs" c="dimmed" mt="xs">
        {children}
      </Text>
    </section>
  );
}
