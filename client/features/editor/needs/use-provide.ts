import { useMemo } from 'react';
import type { Needs } from '#shared/api/flows.ts';
import { provideNeeds } from '../../../lib/api/flows.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { FLOWS_KEY } from '../../../lib/queries/flow-queries.ts';
import { listsQuery } from '../../../lib/queries/settings-queries.ts';
import { VOUCHERS_KEY } from '../../../lib/queries/voucher-queries.ts';
import { useChange } from '../../../lib/use-change.ts';

/** Adds what a flow names and the workspace lacks. */
export interface Provide {
  busy: boolean;
  add: (needs: Needs) => void;
}

/** `onAdded` has the draft looked at again. */
export function useProvide(flowId: string, onAdded: () => void): Provide {
  const { mutate, isPending } = useChange((needs: Needs) => provideNeeds(flowId, needs), {
    touches: [FLOWS_KEY, listsQuery.queryKey, VOUCHERS_KEY],
    onDone(_, { lists, contests, vouchers }) {
      const names = [...lists, ...contests, ...vouchers].map(({ name }) => `“${name}”`);
      if (names.length === 0) return;
      const terms = lists.some(({ optIn }) => optIn === 'double') ? ' People join it with two texts.' : '';
      notifyDone(`${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} there now.${terms}`);
      onAdded();
    },
  });
  return useMemo(() => ({ busy: isPending, add: mutate }), [isPending, mutate]);
}
