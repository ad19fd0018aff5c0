import { Group, Text } from '@mantine/core';
import { IconCheck, IconHandStop, IconHourglass, IconX } from '@tabler/icons-react';
import type { ContactSummary } from '#shared/api/contacts.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';

/** What somebody agreed to and took back, at a glance. */
export function ConsentBadges({
  contact: { stopped, lists },
}: {
  contact: Pick<ContactSummary, 'stopped' | 'lists'>;
}) {
  if (stopped.length === 0 && lists.length === 0) return <Text c="dimmed">–</Text>;
  return (
    <Group gap={4}>
      {stopped.map((program) => (
        <StatusBadge key={program} icon={IconHandStop} label={`Stopped ${program}`} tone="bad" />
      ))}
      {lists.map(({ key, name, state }) => (
        <StatusBadge key={key} {...STATES[state](name)} />
      ))}
    </Group>
  );
}

const STATES = {
  confirmed: (name: string) => ({ icon: IconCheck, label: name, tone: 'good' }) as const,
  pending: (name: string) =>
    ({ icon: IconHourglass, label: `${name}, not confirmed`, tone: 'warn' }) as const,
  revoked: (name: string) => ({ icon: IconX, label: `Left ${name}`, tone: 'quiet' }) as const,
};
