import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Stream } from '#shared/api/common.ts';
import { DataTable, type DataTableProps } from './data-table.tsx';
import { ErrorNote } from '../error-note.tsx';
import { LoadMore } from './load-more.tsx';

export interface StreamTableProps<Row> extends Omit<DataTableProps<Row>, 'rows' | 'slice' | 'stale'> {
  /** Brings the newest rows, and older ones as one goes down the list. */
  query: UseInfiniteQueryResult<InfiniteData<Stream<Row>>>;
  /** Older rows come only when asked for: there is something below the list. */
  byHand?: boolean;
}

/** An endless list of the server, newest first. What is here already stays when older rows cannot be read. */
export function StreamTable<Row>({ query, byHand = false, ...table }: StreamTableProps<Row>) {
  const { data, error, refetch, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items), [data]);
  if (error && !rows) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <DataTable {...table} rows={rows} stale={isPlaceholderData} />
      {rows && rows.length > 0 && (
        <LoadMore
          hasMore={hasNextPage}
          loading={isFetchingNextPage}
          onMore={() => void fetchNextPage()}
          byHand={byHand}
        />
      )}
    </>
  );
}
