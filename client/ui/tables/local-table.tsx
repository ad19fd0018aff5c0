import { useMemo, useState } from 'react';
import { DataTable, type DataTableProps } from './data-table.tsx';
import { ListPaging } from './list-paging.tsx';
import { ListToolbar } from './list-toolbar.tsx';
import { NothingFound } from './nothing-found.tsx';

export interface LocalTableProps<Row> extends Omit<DataTableProps<Row>, 'slice' | 'stale'> {
  /** What a row is called: "sender". */
  what: string;
  /** The words of a row in which the search looks. */
  wordsOf: (row: Row) => string;
}

const SIZE = 50;
/** A list that the eye takes in at once needs no search field. */
const SHORT = 8;

/** A list that is here as a whole: search and paging happen in the page, and appear when it grows long. */
export function LocalTable<Row>({ what, wordsOf, ...table }: LocalTableProps<Row>) {
  const [search, setSearch] = useState<string>();
  const [page, setPage] = useState(1);
  const { rows } = table;
  const found = useMemo(() => {
    const words = search?.toLowerCase().split(/\s+/) ?? [];
    return rows?.filter((row) => words.every((word) => wordsOf(row).toLowerCase().includes(word)));
  }, [rows, search, wordsOf]);
  const find = (words: string | undefined) => {
    setSearch(words);
    setPage(1);
  };
  const long = (rows?.length ?? 0) > SHORT;
  return (
    <>
      {long && (
        <ListToolbar
          placeholder={`Search ${what === 'person' ? 'people' : `${what}s`}`}
          search={search}
          onSearch={find}
        />
      )}
      <DataTable
        {...table}
        rows={found}
        slice={{ from: (page - 1) * SIZE, to: page * SIZE }}
        empty={
          search === undefined ? table.empty : <NothingFound what={what} onClear={() => find(undefined)} />
        }
      />
      {long && found && <ListPaging page={page} size={SIZE} total={found.length} onPage={setPage} />}
    </>
  );
}
