import { NativeSelect, Table, Text } from '@mantine/core';
import type { ColumnUse, ImportColumn } from './import-table.ts';

export interface ImportColumnsProps {
  columns: readonly ImportColumn[];
  onChange: (columns: ImportColumn[]) => void;
}

/** What each column of the file is. */
export function ImportColumns({ columns, onChange }: ImportColumnsProps) {
  const choose = (at: number, use: ColumnUse) =>
    onChange(
      columns.map((column, index) => {
        if (index === at) return { ...column, use };
        // Number, language and tags stand in one column each.
        if (use !== 'field' && use !== 'skip' && column.use === use) return { ...column, use: 'skip' };
        return column;
      }),
    );
  return (
    <Table.ScrollContainer minWidth={280} maxHeight={260}>
      <Table verticalSpacing={4} aria-label="Columns">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Column, and an example from it</Table.Th>
            <Table.Th w={150}>Is</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map(({ title, field, use, example }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places, and titles may repeat
            <Table.Tr key={at}>
              <Table.Td maw={0}>
                <Text size="sm" truncate title={title}>
                  {title}
                </Text>
                <Text size="xs" c="dimmed" truncate title={example}>
                  {example}
                </Text>
              </Table.Td>
              <Table.Td>
                <NativeSelect
                  size="xs"
                  aria-label={`${title} is`}
                  value={use}
                  onChange={({ currentTarget: { value } }) =>
                    choose(at, USES.find((one) => one.value === value)?.value ?? 'skip')
                  }
                  data={USES.filter(({ value }) => value !== 'field' || field !== null).map(
                    ({ value, label }) => ({
                      value,
                      label: value === 'field' ? `Field ${field}` : label,
                    }),
                  )}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const USES: readonly { value: ColumnUse; label: string }[] = [
  { value: 'phone', label: 'Phone number' },
  { value: 'language', label: 'Language' },
  { value: 'tags', label: 'Tags' },
  { value: 'field', label: 'Field' },
  { value: 'skip', label: 'Left out' },
];
