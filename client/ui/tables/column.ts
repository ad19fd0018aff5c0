import type { ReactNode } from 'react';

/** One column of a list: what stands over it, and in each row. */
export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Makes the column sortable; only for lists that are here as a whole. */
  sortBy?: (row: Row) => string | number;
  width?: number | string;
  align?: 'right';
  /** Left out on narrow screens. */
  wide?: boolean;
  /** Left out on phones: what it says stands in another column there. */
  roomy?: boolean;
  /** The header is read out but not shown: a column of buttons. */
  hiddenHeader?: boolean;
}
