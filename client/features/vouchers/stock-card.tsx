import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Pool } from '#shared/api/vouchers.ts';
import { wholeNumber } from '../../lib/format/number.ts';
import { forecastWords, runsOutSoon } from './forecast-words.ts';
import { StockBar } from './stock-bar.tsx';
import { useToday } from './use-today.ts';

/** How many codes are where, and how long they last. */
export function StockCard({ pool }: { pool: Pool }) {
  const today = useToday();
  return (
    <Card component="section" aria-label="Stock">
      <Stack gap="sm">
        <Title order={2} size="h3" className="tabular">
          {pool.total === 0
            ? 'No codes yet'
            : `${wholeNumber(pool.available)} of ${wholeNumber(pool.total)} left`}
        </Title>
        {pool.total > 0 && <StockBar pool={pool} />}
        <Group gap={6} wrap="nowrap" align="start">
          {runsOutSoon(pool, today) && (
            <IconAlertTriangle
              size={16}
              color="var(--tl-warn)"
              aria-hidden
              style={{ flex: 'none', marginBlockStart: 2 }}
            />
          )}
          <Text size="sm">{forecastWords(pool, today)}</Text>
        </Group>
      </Stack>
    </Card>
  );
}
