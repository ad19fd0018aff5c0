import { Skeleton, Table, VisuallyHidden } from '@mantine/core';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import type { Column } from './column.ts';
import classes from './data-table.module.css';
import { SortableHead, useSorted } from './data-table-sort.tsx';

export interface DataTableProps<Row> {
  /** What the list is, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while they are on their way. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** What stands here when there are no rows. */
  empty: ReactNode;
  /** The rows shown are about to be replaced. */
  stale?: boolean;
  /** Shows these only, of the rows in their order. */
  slice?: { from: number; to: number };
  /** False where rows hold nothing to press: then the table itself can be reached, to be scrolled with the keyboard. */
  linked?: boolean;
}

/**
 * A list in columns. A row is opened by the element in it that carries `data-row-link` (a link or a button): a click
 * anywhere in the row reaches it, and the arrow keys go from one to the next.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, empty, stale = false, slice, linked = true } = props;
  const { sorted: all, sort, sortBy } = useSorted(rows, columns);
  const sorted = slice ? all?.slice(slice.from, slice.to) : all;
  if (sorted?.length === 0) return <div className={classes.frame}>{empty}</div>;
  return (
    <div className={classes.frame} aria-busy={sorted === undefined || stale}>
      <Table.ScrollContainer
        minWidth={widthOnPhones(columns)}
        type="native"
        {...(linked ? {} : { tabIndex: 0 })}
      >
        <Table className={classes.table} aria-label={label} data-stale={stale || undefined}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th
                  key={column.key}
                  scope="col"
                  w={column.width}
                  ta={column.align}
                  data-wide={column.wide}
                  data-roomy={column.roomy}
                  aria-sort={sort?.key === column.key ? sort.direction : undefined}
                >
                  {column.hiddenHeader ? (
                    <VisuallyHidden>{column.header}</VisuallyHidden>
                  ) : column.sortBy ? (
                    <SortableHead column={column} sort={sort} onSort={sortBy} />
                  ) : (
                    column.header
                  )}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody onKeyDown={moveByArrow}>
            {sorted === undefined
              ? SKELETON_ROWS.map((row) => <SkeletonRow key={row} columns={columns} />)
              : sorted.map((row) => (
                  <Table.Tr key={rowKey(row)} className={classes.row} onClick={openRow}>
                    {columns.map((column) => (
                      <Table.Td
                        key={column.key}
                        ta={column.align}
                        className={column.align && 'tabular'}
                        data-wide={column.wide}
                        data-roomy={column.roomy}
                      >
                        {column.cell(row)}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

/** Pixels that the columns need which phones show; with less the table scrolls sideways. */
const widthOnPhones = <Row,>(columns: readonly Column<Row>[]): number =>
  columns
    .filter(({ wide, roomy }) => !wide && !roomy)
    .reduce((sum, { width }) => sum + (typeof width === 'number' ? width : UNSIZED), 0);
const UNSIZED = 160;
const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

function SkeletonRow<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <Table.Tr>
      {columns.map((column, index) => (
        <Table.Td key={column.key} data-wide={column.wide} data-roomy={column.roomy}>
          <Skeleton height={12} my={5} width={index === 0 ? '70%' : '50%'} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function openRow(event: MouseEvent<HTMLTableRowElement>): void {
  const { target, currentTarget } = event;
  // Menus of a row are drawn elsewhere in the page, yet their clicks arrive here too.
  if (!(target instanceof Element) || !currentTarget.contains(target)) return;
  if (target.closest('a, button, input, label, [role="menuitem"]')) return;
  if (window.getSelection()?.isCollapsed === false) return;
  currentTarget.querySelector<HTMLElement>('[data-row-link]')?.click();
}

function moveByArrow(event: KeyboardEvent<HTMLTableSectionElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-row-link]')) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')];
  const at = links.indexOf(event.target);
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
