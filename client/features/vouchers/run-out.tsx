import { Text } from '@mantine/core';
import type { PoolSummary } from '#shared/api/vouchers.ts';
import { runOutWords } from './run-out-words.ts';
import { useToday } from './use-today.ts';

/** When a pool has no code left. */
export function RunOut({ pool }: { pool: PoolSummary }) {
  const today = useToday();
  return (
    <Text size="sm" c="dimmed">
      {runOutWords(pool, today)}
    </Text>
  );
}
