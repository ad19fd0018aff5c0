import { Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconChecks, IconQuestionMark, IconSend } from '@tabler/icons-react';
import type { MessageDetail } from '#shared/api/messages.ts';
import { exactMoment } from '../../lib/format/moment.ts';
import { useZone } from '../../lib/use-zone.ts';
import { StatusBadge, type StatusBadgeProps } from '../../ui/badges/status-badge.tsx';

type Receipt = MessageDetail['receipts'][number];

/** What the carrier reported of a text, in the order it came. Nothing where it reported nothing. */
export function DeliveryReports({ receipts }: { receipts: readonly Receipt[] }) {
  const zone = useZone();
  if (receipts.length === 0) return null;
  return (
    <section>
      <Title order={3} mb="xs">
        What the carrier reported
      </Title>
      <Stack gap={4}>
        {receipts.map(({ status, detail, at, receivedAt }) => (
          <Text key={`${status} ${receivedAt}`} size="sm" component="div">
            <StatusBadge {...STATUSES[status]} /> {exactMoment(at ?? receivedAt, zone)}
            {detail !== null && ` · ${detail}`}
          </Text>
        ))}
      </Stack>
    </section>
  );
}

const STATUSES: Record<Receipt['status'], StatusBadgeProps> = {
  accepted: { icon: IconSend, label: 'Under way', tone: 'info' },
  delivered: { icon: IconChecks, label: 'Delivered', tone: 'good' },
  failed: { icon: IconAlertTriangle, label: 'Not delivered', tone: 'bad' },
  unknown: { icon: IconQuestionMark, label: 'Unknown', tone: 'quiet' },
};
