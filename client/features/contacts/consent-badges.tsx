import { Group, Text } from '@mantine/core';
import {
  IconCheck,
  IconClockOff,
  IconEyeQuestion,
  IconHandStop,
  IconHourglass,
  IconX,
} from '@tabler/icons-react';
import type { ContactSummary } from '#shared/api/contacts.ts';
import { dayOf } from '../../lib/format/moment.ts';
import { useZone } from '../../lib/use-zone.ts';
import { StatusBadge } from '../../ui/badges/status-badge.tsx';

/** What somebody agreed to and took back, at a glance; `full` says until when as well, and needs no place holder. */
export function ConsentBadges({
  contact: { stopped, frozen, lists },
  full = false,
}: {
  contact: Pick<ContactSummary, 'stopped' | 'frozen' | 'lists'>;
  full?: boolean;
}) {
  const zone = useZone();
  if (stopped.length + frozen.length + lists.length === 0) return full ? null : <Text c="dimmed">–</Text>;
  return (
    <Group gap={4}>
      {stopped.map((program) => (
        <StatusBadge key={program} icon={IconHandStop} label={`Stopped ${program}`} tone="bad" />
      ))}
      {frozen.map((program) => (
        <StatusBadge key={program} icon={IconEyeQuestion} label={`May have stopped ${program}`} tone="warn" />
      ))}
      {lists.map((list) => (
        <StatusBadge key={list.key} {...badgeOf(list, full ? zone : null)} />
      ))}
    </Group>
  );
}

function badgeOf({ name, state, basis, lapsesAt }: ContactSummary['lists'][number], zone: string | null) {
  const badge = STATES[state](name);
  if (state !== 'confirmed' && state !== 'pending') return badge;
  const implied = basis === 'implied' ? ', implied' : '';
  const until = lapsesAt === null || zone === null ? '' : `, lapses on ${dayOf(lapsesAt, zone)}`;
  return { ...badge, label: `${badge.label}${implied}${until}` };
}

const STATES = {
  confirmed: (name: string) => ({ icon: IconCheck, label: name, tone: 'good' }) as const,
  pending: (name: string) =>
    ({ icon: IconHourglass, label: `${name}, not confirmed`, tone: 'warn' }) as const,
  expired: (name: string) => ({ icon: IconClockOff, label: `${name}, lapsed`, tone: 'quiet' }) as const,
  revoked: (name: string) => ({ icon: IconX, label: `Left ${name}`, tone: 'quiet' }) as const,
};
