import { Button, Group } from '@mantine/core';
import { IconMessages, IconRefresh } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { withQuery } from '../../lib/api/http.ts';
import { useNewerTexts } from '../../lib/live/use-newer-texts.ts';
import { messagesQuery } from '../../lib/queries/message-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ExportButton } from '../../ui/tables/export-button.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { ListToolbar } from '../../ui/tables/list-toolbar.tsx';
import { NothingFound } from '../../ui/tables/nothing-found.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { StreamTable } from '../../ui/tables/stream-table.tsx';
import { MESSAGE_COLUMNS } from './message-columns.tsx';
import { MessageDrawer } from './message-drawer.tsx';
import { MessageFilters } from './message-filters.tsx';
import { ReplayAll } from './replay-all.tsx';

const route = getRouteApi('/shell/messages');

/** Every text in and out, newest first, and why each did what it did. */
export function MessagesPage() {
  const { open, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(messagesQuery(filter));
  const newer = useNewerTexts(query.dataUpdatedAt);
  const mayExport = useMay('compliance');
  const mayReplay = useMay('agent');
  const change = (search: Partial<typeof filter>) =>
    void navigate({ search: (now) => ({ ...now, ...search }), replace: true });
  const found = query.data?.pages.some(({ items }) => items.length > 0) ?? false;
  const filtered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Page>
      <PageHeader
        title="Messages"
        description="Every text in and out, newest first. Open one to see why it did what it did."
      />
      <ListToolbar
        placeholder="Search texts and numbers"
        search={filter.search}
        onSearch={(search) => change({ search })}
        end={
          <Group gap="xs">
            {mayReplay && found && <ReplayAll filter={filter} />}
            {mayExport && (
              <ExportButton path={withQuery('/api/messages/export', filter)} name="messages.csv" />
            )}
          </Group>
        }
      >
        <MessageFilters {...filter} onChange={change} />
      </ListToolbar>
      {newer && (
        <Button
          variant="light"
          fullWidth
          mb="sm"
          leftSection={<IconRefresh size={16} />}
          loading={query.isRefetching}
          onClick={() => void query.refetch()}
        >
          Show newer texts
        </Button>
      )}
      <StreamTable
        label="Messages"
        columns={MESSAGE_COLUMNS}
        query={query}
        rowKey={(message) => message.id}
        empty={
          filtered ? (
            <NothingFound
              what="message"
              onClear={() =>
                change({ search: undefined, direction: undefined, status: undefined, flow: undefined })
              }
            />
          ) : (
            <EmptyState
              icon={IconMessages}
              title="No texts yet"
              action={
                <ButtonLink to="/live" mt="xs">
                  Send a first text
                </ButtonLink>
              }
            >
              Every text people send you, and every text you send them, stands here for good: what it said,
              what it cost, and why it was answered as it was.
            </EmptyState>
          )
        }
      />
      <MessageDrawer
        id={open}
        onClose={() => void navigate({ search: (now) => ({ ...now, open: undefined }) })}
      />
    </Page>
  );
}
