import type { UseQueryResult } from '@tanstack/react-query';
import type { Page } from '#shared/api/common.ts';
import { DataTable, type DataTableProps } from './data-table.tsx';
import { ErrorNote } from '../error-note.tsx';
import { ListPaging } from './list-paging.tsx';

export interface PagedTableProps<Row> extends Omit<DataTableProps<Row>, 'rows' | 'slice' | 'stale'> {
  /** Brings the page that is shown. */
  query: UseQueryResult<Page<Row>>;
  /** Counted from 1. */
  page: number;
  /** Rows a page. */
  size: number;
  onPage: (page: number) => void;
}

/** A numbered list of the server: one page of it, the way to the others, or why it could not be read. */
export function PagedTable<Row>({ query, page, size, onPage, ...table }: PagedTableProps<Row>) {
  const { data, error, refetch, isPlaceholderData } = query;
  return (
    <>
      {error ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable {...table} rows={data?.items} stale={isPlaceholderData} />
      )}
      {data && <ListPaging page={page} size={size} total={data.total} onPage={onPage} />}
    </>
  );
}
