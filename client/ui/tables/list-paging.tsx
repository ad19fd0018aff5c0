import { Group, Pagination, Text } from '@mantine/core';
import { wholeNumber } from '../../lib/format/number.ts';

export interface ListPagingProps {
  page: number;
  size: number;
  total: number;
  onPage: (page: number) => void;
}

/** Which part of a numbered list is shown, and the way to the others. */
export function ListPaging({ page, size, total, onPage }: ListPagingProps) {
  if (total === 0) return null;
  const pages = Math.ceil(total / size);
  return (
    <Group justify="space-between" mt="sm" mih={32}>
      <Text size="sm" c="dimmed" className="tabular" role="status">
        {wholeNumber((page - 1) * size + 1)}–{wholeNumber(Math.min(page * size, total))} of{' '}
        {wholeNumber(total)}
      </Text>
      {pages > 1 && (
        <Pagination
          size="sm"
          total={pages}
          value={page}
          onChange={onPage}
          getControlProps={(control) => ({ 'aria-label': `${control} page` })}
        />
      )}
    </Group>
  );
}
