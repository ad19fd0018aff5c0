import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CodesAdded, CodesLoad } from '#shared/api/vouchers.ts';
import { ApiError } from '../../lib/api/api-error.ts';
import { stopLoad } from '../../lib/api/vouchers.ts';
import { LOADS_EVERY_MS, loadsQuery, VOUCHERS_KEY } from '../../lib/queries/voucher-queries.ts';
import { useChange } from '../../lib/use-change.ts';

/** Which loading it is, and what ends its request. */
export interface LoadRequest {
  load: string;
  signal: AbortSignal;
}

export interface LoadAnswers {
  onDone: (added: number) => void;
  /** Somebody stopped it, here or elsewhere. */
  onStopped: () => void;
  onRefused: (error: Error) => void;
}

/** Brings codes into a pool, as `bring` does, and knows how far that is; it goes on when nobody shows it any more. */
export function useCodesLoad(
  poolKey: string,
  bring: (request: LoadRequest) => Promise<CodesAdded>,
  { onDone, onStopped, onRefused }: LoadAnswers,
) {
  const [under, setUnder] = useState<{ load: string; ending: AbortController } | null>(null);
  const change = useChange(
    () => {
      const [load, ending] = [crypto.randomUUID(), new AbortController()];
      setUnder({ load, ending });
      return bring({ load, signal: ending.signal });
    },
    {
      touches: [VOUCHERS_KEY],
      onDone: ({ added }) => onDone(added),
      onRefused: (error) => (isStopped(error) ? onStopped() : onRefused(error)),
    },
  );
  const isPending = change.isPending;
  const stop = useChange(async () => under && (await stopLoad(poolKey, under.load)), {
    touches: [VOUCHERS_KEY],
    // What is still on its way need not arrive.
    onDone: () => under?.ending.abort(),
  });
  const { data } = useQuery({
    ...loadsQuery(poolKey),
    enabled: isPending,
    refetchInterval: LOADS_EVERY_MS,
  });
  const at: CodesLoad | null = (isPending && data?.find(({ id }) => id === under?.load)) || null;
  return {
    begin: () => change.mutate(),
    isPending,
    at,
    stop: () => stop.mutate(),
    isStopping: stop.isPending,
  };
}

const isStopped = (error: Error): boolean =>
  error.name === 'AbortError' || (error instanceof ApiError && error.code === 'voucher.called-back');
