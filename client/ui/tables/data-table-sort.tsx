import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Column } from './column.ts';
import classes from './data-table.module.css';

/** By which column a list is sorted, and which way. */
export interface Sort {
  key: string;
  direction: 'ascending' | 'descending';
}

/** Rows in the order a person asked for; in the order given until then. */
export function useSorted<Row>(rows: readonly Row[] | undefined, columns: readonly Column<Row>[]) {
  const [sort, setSort] = useState<Sort | null>(null);
  const by = columns.find((column) => column.key === sort?.key)?.sortBy;
  const sorted = useMemo(() => {
    if (!rows || !sort || !by) return rows;
    const sign = sort.direction === 'ascending' ? 1 : -1;
    return [...rows].sort((a, b) => sign * compare(by(a), by(b)));
  }, [rows, sort, by]);
  const sortBy = (key: string) =>
    setSort((now) =>
      now?.key !== key
        ? { key, direction: 'ascending' }
        : now.direction === 'ascending'
          ? { key, direction: 'descending' }
          : null,
    );
  return { sorted, sort, sortBy };
}

/** The head of a column that can be sorted: once up, twice down, three times as it came. */
export function SortableHead<Row>(props: {
  column: Column<Row>;
  sort: Sort | null;
  onSort: (key: string) => void;
}) {
  const { column, sort, onSort } = props;
  const direction = sort?.key === column.key ? sort.direction : null;
  const Sign = direction === null ? IconArrowsSort : direction === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <UnstyledButton
      className={classes.sort}
      data-active={direction !== null}
      data-align={column.align}
      onClick={() => onSort(column.key)}
    >
      {column.header}
      <Sign size={13} aria-hidden />
    </UnstyledButton>
  );
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true, sensitivity: 'base' });
}
