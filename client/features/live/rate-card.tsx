import { Card, Group, Text } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import { timeOf } from '../../lib/format/moment.ts';
import { wholeNumber } from '../../lib/format/number.ts';
import { useLive } from '../../lib/live/live-store.ts';
import { useSession } from '../../lib/queries/session-queries.ts';
import { useZone } from '../../lib/use-zone.ts';
import { Sparkline } from '../../ui/sparkline.tsx';
import classes from './live.module.css';

/** Texts in the last minute, one way, and how that went since the app was opened. */
export function RateCard({ way }: { way: 'inbound' | 'outbound' }) {
  const rate = useLive((live) => live.perMinute[way]);
  const samples = useLive((live) => live.samples);
  const { stopped } = useSession().workspace;
  const waiting = way === 'outbound' && stopped !== null && rate > 0;
  const [first] = samples;
  const zone = useZone();
  const values = useMemo(() => samples.map((sample) => sample[way]), [samples, way]);
  return (
    <Card py="sm">
      <Group justify="space-between" wrap="nowrap" align="flex-end" gap="lg">
        <div style={{ flex: 'none', maxWidth: 200 }}>
          <Group gap={6} c="dimmed" fz="sm" wrap="nowrap" style={{ whiteSpace: 'nowrap' }}>
            {way === 'inbound' ? (
              <IconArrowDownLeft size={15} aria-hidden />
            ) : (
              <IconArrowUpRight size={15} aria-hidden />
            )}
            {way === 'inbound' ? 'Texts in' : 'Texts out'}
          </Group>
          <div className={classes.rate}>{wholeNumber(rate)}</div>
          <Text size="xs" c="dimmed">
            in the last minute{waiting && ', waiting while sending is stopped'}
          </Text>
        </div>
        <div style={{ flex: '0 1 320px' }}>
          <Sparkline values={values} />
          {first && (
            <Text size="xs" c="dimmed" ta="end">
              since {timeOf(new Date(first.at).toISOString(), zone)}
            </Text>
          )}
        </div>
      </Group>
    </Card>
  );
}
