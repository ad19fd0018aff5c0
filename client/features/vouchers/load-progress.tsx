import { Progress, Stack, Text } from '@mantine/core';
import type { CodesLoad } from '#shared/api/vouchers.ts';
import { loadShare, loadWords } from './load-words.ts';

/** How far a loading is. `load`: null while nobody can tell yet, for which `otherwise` stands. */
export function LoadProgress({ load, otherwise = '' }: { load: CodesLoad | null; otherwise?: string }) {
  const share = load && loadShare(load);
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500} className="tabular" role="status">
        {load ? loadWords(load) : otherwise}
      </Text>
      <Progress
        value={share ?? 100}
        animated={share === null || load?.step === 'checking'}
        aria-label="How far it is"
      />
    </Stack>
  );
}
