import { Alert, Box, Button, SimpleGrid } from '@mantine/core';
import { IconPlugConnectedX, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useLive } from '../../lib/live/live-store.ts';
import { flowsQuery } from '../../lib/queries/flow-queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { FlowTraffic } from './flow-traffic.tsx';
import { GatewayTroubles } from './gateway-troubles.tsx';
import classes from './live.module.css';
import { NothingYet } from './nothing-yet.tsx';
import { RateCard } from './rate-card.tsx';
import { TestTextDialog } from './test-text-dialog.tsx';
import { TextStream } from './text-stream.tsx';
import { useFollowUp } from './use-follow-up.ts';
import { useStream } from './use-stream.ts';

const route = getRouteApi('/shell/live');
const FLOWS_SHOWN = 100;

/** What goes on right now: the rate, the texts as they come, and which flows they move. */
export function LivePage() {
  const { test = false } = route.useSearch();
  const navigate = route.useNavigate();
  const broken = useLive((live) => live.connection === 'broken');
  const stream = useStream();
  const { data: flows, refetch } = useQuery(flowsQuery({ status: 'live', size: FLOWS_SHOWN }));
  useFollowUp(stream.passages, refetch);
  const showTest = (opened: boolean) =>
    void navigate({ search: { test: opened || undefined }, replace: true });
  return (
    <Page>
      <PageHeader
        title="Live"
        description="Texts as they come and go, and the flows they move people through."
        actions={
          !stream.empty && (
            <Button variant="default" leftSection={<IconSend size={16} />} onClick={() => showTest(true)}>
              Send a test text
            </Button>
          )
        }
      />
      {broken && (
        <Alert
          mb="md"
          role="status"
          icon={<IconPlugConnectedX size={18} color="var(--tl-warn)" />}
          title="The live connection is broken. Trying again; nothing is lost meanwhile."
        />
      )}
      <GatewayTroubles />
      {stream.error !== undefined && (
        <Box mb="md">
          <ErrorNote error={stream.error} onRetry={stream.reload} />
        </Box>
      )}
      {stream.empty ? (
        <NothingYet />
      ) : stream.error !== undefined && stream.messages === undefined ? null : (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }} mb="md">
            <RateCard way="inbound" />
            <RateCard way="outbound" />
          </SimpleGrid>
          <div className={classes.columns}>
            <TextStream stream={stream} />
            <FlowTraffic flows={flows?.items} passages={stream.passages} />
          </div>
        </>
      )}
      <TestTextDialog opened={test} onClose={() => showTest(false)} />
    </Page>
  );
}
