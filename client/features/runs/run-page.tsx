import { Box, Stack, Text, Title } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { RunDetail } from '#shared/api/runs.ts';
import { cancelRun } from '../../lib/api/runs.ts';
import { shownPhone } from '../../lib/format/shown-phone.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { RUNS_KEY, runQuery } from '../../lib/queries/run-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { BackLink } from '../../ui/page/back-link.tsx';
import { ConfirmButton } from '../../ui/confirm.tsx';
import { TextLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagePending } from '../../ui/page/page-pending.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RunStatusBadge } from '../../ui/badges/run-status-badge.tsx';
import { TextBubble } from '../../ui/texts/text-bubble.tsx';
import { TrailList } from '../../ui/trail-list.tsx';
import { WithAside } from '../../ui/page/with-aside.tsx';
import { RunFacts } from './run-facts.tsx';

const route = getRouteApi('/shell/runs/$runId');

/** One person's way through one flow, from the first text on. */
export function RunPage() {
  const { runId } = route.useParams();
  const { data: run, error, refetch } = useQuery(runQuery(runId));
  if (error || !run)
    return (
      <PagePending
        what="conversation"
        back={<BackLink to="/runs">People in flows</BackLink>}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  return (
    <Page>
      <PageHeader
        above={
          <BackLink to="/runs" search={{ flow: run.flow.id }}>
            People in {run.flow.name}
          </BackLink>
        }
        title={run.contact.name ?? shownPhone(run.contact.phone)}
        beside={<RunStatusBadge status={run.status} outcome={run.outcome} />}
        description="What happened in this conversation, in order. Each line leads to its step on the canvas."
        actions={run.status !== 'ended' && <EndButton run={run} />}
      />
      <WithAside aside={<RunFacts run={run} />}>
        <Stack gap="xl">
          {run.trail.map(({ at, causeId, text, erased, steps }, n) => (
            <section key={`${at} ${causeId}`}>
              <Title order={2} size="h4" mb="xs">
                <RelativeTime at={at} />
              </Title>
              {causeId !== null && causeId !== run.trail[n - 1]?.causeId && (
                <Box mb="sm">
                  <TextBubble
                    from="them"
                    side="start"
                    text={text}
                    erased={erased}
                    note={
                      <TextLink to="/messages" search={{ open: causeId }} inherit>
                        Why it did that
                      </TextLink>
                    }
                  />
                </Box>
              )}
              <TrailList flow={run.flow} steps={steps} />
            </section>
          ))}
          {run.trail.length === 0 && <Text c="dimmed">Nothing has been recorded yet.</Text>}
        </Stack>
      </WithAside>
    </Page>
  );
}

function EndButton({ run }: { run: RunDetail }) {
  const mayEnd = useMay('agent');
  const end = useChange(() => cancelRun(run.id), {
    touches: [RUNS_KEY],
    onDone: () => notifyDone('The conversation was ended.'),
  });
  if (!mayEnd) return null;
  return (
    <ConfirmButton
      leftSection={<IconPlayerStop size={16} />}
      loading={end.isPending}
      question={{
        title: 'End this conversation?',
        children:
          'The person stays a contact and may start again with a keyword. Nothing is sent to them about it.',
        confirm: 'End conversation',
        onConfirm: () => end.mutate(),
      }}
    >
      End conversation
    </ConfirmButton>
  );
}
