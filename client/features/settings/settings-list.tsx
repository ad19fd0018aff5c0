import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Column } from '../../ui/tables/column.ts';
import { EmptyState, type EmptyStateProps } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { LocalTable } from '../../ui/tables/local-table.tsx';
import { TabHead } from './tab-head.tsx';

export interface SettingsListProps<Row> {
  title: string;
  /** What a row is called: "sender". */
  what: string;
  /** The words of a row in which a search looks. */
  wordsOf: (row: Row) => string;
  description: ReactNode;
  query: UseQueryResult<Row[]>;
  columns: (edit: (row: Row) => void) => readonly Column<Row>[];
  rowKey: (row: Row) => string;
  empty: Pick<EmptyStateProps, 'icon' | 'title' | 'children'>;
  /** The verb on the button that adds one; left out for those who may not. */
  add?: string | false;
  /** The dialog for a new row (null) or the row to change. */
  dialog?: (editing: { row: Row | null; close: () => void }) => ReactNode;
}

/** A part of the settings that is a list: its rows, what to do while there are none, and the dialog that adds and changes. */
export function SettingsList<Row>(props: SettingsListProps<Row>) {
  const { title, what, wordsOf, description, query, columns, rowKey, empty, add, dialog } = props;
  const [editing, setEditing] = useState<{ row: Row | null } | null>(null);
  const button = add && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing({ row: null })}>
      {add}
    </Button>
  );
  const isEmpty = query.data?.length === 0;
  return (
    <>
      <TabHead title={title} action={!isEmpty && button}>
        {description}
      </TabHead>
      {query.error ? (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <LocalTable
          label={title}
          what={what}
          wordsOf={wordsOf}
          columns={columns((row) => setEditing({ row }))}
          rows={query.data}
          rowKey={rowKey}
          empty={<EmptyState {...empty} action={button} />}
        />
      )}
      {editing && dialog?.({ row: editing.row, close: () => setEditing(null) })}
    </>
  );
}
