import { Button, SegmentedControl, Text } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Contest, ContestEntry } from '#shared/api/contests.ts';
import { leaveOutEntry, takeBackEntry } from '../../lib/api/contests.ts';
import { CONTESTS_KEY, entriesQuery } from '../../lib/queries/contest-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import type { Column } from '../../ui/tables/column.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ExportButton } from '../../ui/tables/export-button.tsx';
import { ListToolbar } from '../../ui/tables/list-toolbar.tsx';
import { NothingFound } from '../../ui/tables/nothing-found.tsx';
import { PagedTable } from '../../ui/tables/paged-table.tsx';
import { AddEntryDialog } from './add-entry-dialog.tsx';
import { ENTRY_COLUMNS } from './entry-columns.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

const SIZE = 25;

/** Who entered a contest, and who takes no part in its draws. */
export function EntriesSection({ contest }: { contest: Contest }) {
  const { key, status } = contest;
  const [filter, setFilter] = useState<{ search?: string; state?: 'left-out'; page: number }>({ page: 1 });
  const [adding, setAdding] = useState(false);
  const [leavingOut, setLeavingOut] = useState<ContestEntry | null>(null);
  const isFixed = status === 'listing' || status === 'listed';
  const mayAdd = useMay('agent') && !isFixed;
  const mayJudge = useMay('compliance');
  const query = useQuery(entriesQuery(key, { ...filter, size: SIZE }));
  const leaveOut = useChange(
    ({ contactId, because }: { contactId: string; because: string }) =>
      leaveOutEntry(key, contactId, because),
    { touches: [CONTESTS_KEY], onDone: () => setLeavingOut(null) },
  );
  const takeBack = useChange((contactId: string) => takeBackEntry(key, contactId), {
    touches: [CONTESTS_KEY],
  });
  const filtered = filter.search !== undefined || filter.state !== undefined;
  const acts: Column<ContestEntry> = {
    key: 'acts',
    header: 'Acts',
    hiddenHeader: true,
    width: 120,
    align: 'right',
    cell: (entry) => (
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => (entry.leftOut === null ? setLeavingOut(entry) : takeBack.mutate(entry.contactId))}
      >
        {entry.leftOut === null ? 'Leave out…' : 'Take back'}
      </Button>
    ),
  };
  return (
    <section aria-label="Entries">
      <ListToolbar
        placeholder="Search names and numbers"
        search={filter.search}
        onSearch={(search) => setFilter((now) => ({ ...now, search, page: 1 }))}
        end={
          <>
            {mayAdd && (
              <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
                Add entry
              </Button>
            )}
            {mayJudge && <ExportButton path={`/api/contests/${key}/export`} name={`${key}-entries.csv`} />}
          </>
        }
      >
        <SegmentedControl
          aria-label="Which entries"
          value={filter.state ?? 'all'}
          onChange={(value) =>
            setFilter((now) => ({ ...now, state: value === 'left-out' ? value : undefined, page: 1 }))
          }
          data={[
            { value: 'all', label: 'All' },
            { value: 'left-out', label: 'Left out' },
          ]}
        />
      </ListToolbar>
      <PagedTable
        label="Entries"
        columns={mayJudge && !isFixed ? [...ENTRY_COLUMNS, acts] : ENTRY_COLUMNS}
        query={query}
        rowKey={({ contactId }) => contactId}
        empty={
          filtered ? (
            <NothingFound what="entry" onClear={() => setFilter({ page: 1 })} />
          ) : (
            <EmptyState icon={IconUsers} title="Nobody has entered yet">
              A flow enters people with the step <b>Enter a contest</b>, by the key <b>{key}</b>. Those who
              enter by letter or on the web are added here, with the same chances.
            </EmptyState>
          )
        }
        page={filter.page}
        size={SIZE}
        onPage={(page) => setFilter((now) => ({ ...now, page }))}
      />
      {query.data !== undefined && query.data.total > 0 && (
        <Text size="xs" c="dimmed" mt="xs">
          A STOP takes nobody out: it ends texts, not chances.
        </Text>
      )}
      {adding && <AddEntryDialog contest={contest} onClose={() => setAdding(false)} />}
      {leavingOut && (
        <ReasonDialog
          title="Leave this entry out"
          submit="Leave out"
          words="The person takes no part in draws whose list is fixed from now on. The reason is kept, and it can be taken back."
          placeholder="Works for the agency"
          busy={leaveOut.isPending}
          onSubmit={(because) => leaveOut.mutate({ contactId: leavingOut.contactId, because })}
          onClose={() => setLeavingOut(null)}
        />
      )}
    </section>
  );
}
