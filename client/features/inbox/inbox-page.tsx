import { SegmentedControl, Stack } from '@mantine/core';
import { IconInbox, IconMoodSmile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { inboxQuery } from '../../lib/queries/inbox-queries.ts';
import { Conversation } from '../../ui/texts/conversation.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { ListPaging } from '../../ui/tables/list-paging.tsx';
import { ListToolbar } from '../../ui/tables/list-toolbar.tsx';
import { NothingFound } from '../../ui/tables/nothing-found.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { DecisionBar } from './decision-bar.tsx';
import classes from './inbox.module.css';
import { ReviewList } from './review-list.tsx';

const SIZE = 25;
const route = getRouteApi('/shell/inbox');

/** Texts that may be a STOP: somebody reads them in their conversation and decides. */
export function InboxPage() {
  const { open, state = 'open', page = 1, search } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(inboxQuery({ search, state, page, size: SIZE }));
  const change = (next: { search?: string; state?: 'decided'; page?: number; open?: string }) =>
    void navigate({ search: (now) => ({ ...now, page: undefined, ...next }), replace: true });
  const reviews = data?.items ?? [];
  const shown = reviews.find(({ id }) => id === open) ?? reviews[0];
  return (
    <Page>
      <PageHeader
        title="Inbox"
        description="Texts that may be a STOP. Until somebody has read it, whoever wrote one gets no marketing and no service texts from that program."
      />
      <ListToolbar
        placeholder="Search texts, names and numbers"
        search={search}
        onSearch={(words) => change({ search: words })}
      >
        <SegmentedControl
          aria-label="Which texts"
          value={state}
          onChange={(value) =>
            change({ state: value === 'decided' ? 'decided' : undefined, open: undefined })
          }
          data={[
            { value: 'open', label: 'To read' },
            { value: 'decided', label: 'Decided' },
          ]}
        />
      </ListToolbar>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data && shown === undefined && (
        <Nothing
          searched={search !== undefined}
          state={state}
          onClear={() => change({ search: undefined })}
        />
      )}
      {data && shown && (
        <div className={classes.columns}>
          <Stack gap={0}>
            <ReviewList reviews={reviews} shown={shown.id} onOpen={(id) => change({ open: id, page })} />
            <ListPaging page={page} size={SIZE} total={data.total} onPage={(to) => change({ page: to })} />
          </Stack>
          <Stack gap="sm">
            <DecisionBar review={shown} key={shown.id} />
            <Conversation contactId={shown.contact.id} key={shown.contact.id} />
          </Stack>
        </div>
      )}
    </Page>
  );
}

function Nothing({
  searched,
  state,
  onClear,
}: {
  searched: boolean;
  state: 'open' | 'decided';
  onClear: () => void;
}) {
  if (searched) return <NothingFound what="text" onClear={onClear} />;
  if (state === 'decided')
    return (
      <EmptyState icon={IconInbox} title="Nothing decided yet">
        What you and your colleagues decide about a text stands here, with who and when, and can be taken
        back.
      </EmptyState>
    );
  return (
    <EmptyState icon={IconMoodSmile} title="Nothing to read">
      A clear STOP is obeyed at once, in any words. Where somebody writes “not interested” or “wrong number”,
      nobody can be sure: such a text comes here, and what needs consent waits until you have read it.
    </EmptyState>
  );
}
