import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { WordStanding } from '#shared/api/keywords.ts';
import { wordStandingQuery } from './queries/flow-queries.ts';

/** A moment after a word was typed it is asked about, in milliseconds. */
const PAUSE = 200;

/** How a word stands as the start of a flow, a new one where none is named; undefined until that is known. */
export function useWord(word: string, flowId?: string): WordStanding | undefined {
  const [settled] = useDebouncedValue(word, PAUSE);
  const { data } = useQuery({ ...wordStandingQuery(settled, flowId), enabled: settled !== '' });
  return settled === word && word !== '' ? data : undefined;
}

/** Why no flow can start with a word, or null. */
export const refusalOf = (standing: WordStanding | undefined): string | null =>
  standing?.issues.find(({ severity }) => severity === 'error')?.message ?? null;

/** Does something with a word unless the flow can't start with it, which the field says. Where that cannot be asked, the server judges. */
export function useFreeWord(flowId?: string): (word: string, act: () => void) => Promise<void> {
  const client = useQueryClient();
  return async (word, act) => {
    const standing = await client.fetchQuery(wordStandingQuery(word, flowId)).catch(() => undefined);
    if (refusalOf(standing) === null) act();
  };
}
