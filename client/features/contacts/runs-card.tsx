import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Contact } from '#shared/api/contacts.ts';
import { runsQuery } from '../../lib/queries/run-queries.ts';
import { TextLink } from '../../ui/links.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RunStatusBadge } from '../../ui/badges/run-status-badge.tsx';
import { SeenVersion } from './seen-version.tsx';

const SHOWN = 4;

/** Where this person stands, and has been; the versions of tests they see. */
export function RunsCard({ contact }: { contact: Contact }) {
  const { data } = useInfiniteQuery(runsQuery({ contact: contact.id, size: 20 }));
  const all = data?.pages.flatMap((page) => page.items);
  const [open, setOpen] = useState(false);
  const runs = open ? all : all?.slice(0, SHOWN);
  return (
    <Card component="section" aria-label="Flows">
      <Title order={2} size="h3" mb="sm">
        Flows
      </Title>
      {runs?.length === 0 && (
        <Text size="sm" c="dimmed">
          Not in any flow, and never was.
        </Text>
      )}
      <Stack gap="sm">
        {runs?.map((run) => (
          <div key={run.id}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <TextLink
                to="/runs/$runId"
                params={{ runId: run.id }}
                underline="hover"
                size="sm"
                fw={500}
                lineClamp={1}
                dir="auto"
              >
                {run.flow.name}
              </TextLink>
              <RunStatusBadge status={run.status} outcome={run.outcome} />
            </Group>
            <Text size="xs" c="dimmed">
              {run.status === 'ended' ? 'Version' : `At “${run.step}” · version`} {run.flow.version} · began{' '}
              <RelativeTime at={run.startedAt} />
            </Text>
          </div>
        ))}
      </Stack>
      {all && all.length > SHOWN && !open && (
        <Button variant="default" size="compact-sm" mt="sm" onClick={() => setOpen(true)}>
          Show {all.length - SHOWN} more
        </Button>
      )}
      {contact.arms.length > 0 && (
        <>
          <Title order={3} size="h4" mt="md" mb={4}>
            A/B tests
          </Title>
          {contact.arms.map((seen) => (
            <SeenVersion key={seen.experiment} {...seen} />
          ))}
        </>
      )}
    </Card>
  );
}
