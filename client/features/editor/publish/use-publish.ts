import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Publish } from '#shared/api/flows.ts';
import { publishFlow } from '../../../lib/api/flows.ts';
import { notifyDone, notifyError } from '../../../lib/notify.tsx';
import { FLOWS_KEY } from '../../../lib/queries/flow-queries.ts';
import type { DraftKeeper } from '../draft/draft-keeper.ts';

/** Publishes what is drawn: saves it first, so that the version is what the author sees. */
export function usePublish(flowId: string, keeper: DraftKeeper, next: number, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Pick<Publish, 'note' | 'accepted'>) => {
      await keeper.flush();
      await publishFlow(flowId, { revision: keeper.revision, ...input });
    },
    onSuccess: async () => {
      onDone();
      notifyDone(`Version ${next} answers people from now on.`);
      await client.invalidateQueries({ queryKey: FLOWS_KEY });
    },
    onError: notifyError,
  });
}
