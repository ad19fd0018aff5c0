import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Publish } from '#shared/api/flows.ts';
import { publishFlow } from '../../../lib/api/flows.ts';
import { notifyDone, notifyError } from '../../../lib/notify.tsx';
import { FLOWS_KEY, worldsQuery } from '../../../lib/queries/flow-queries.ts';
import type { DraftKeeper } from '../draft/draft-keeper.ts';
import type { ShownIssue } from '../proof/proof-messages.ts';
import { afterRefusal, findingsIn } from './refusal.ts';

/** Publishes what is drawn: saves it first, so that the version is what the author sees. `refused` is what the server found against it. */
export function usePublish(flowId: string, keeper: DraftKeeper, next: number, onDone: () => void) {
  const client = useQueryClient();
  const [refused, setRefused] = useState<readonly ShownIssue[]>([]);
  const { mutate, isPending } = useMutation({
    mutationFn: async (input: Pick<Publish, 'note' | 'accepted'>) => {
      await keeper.flush();
      await publishFlow(flowId, { revision: keeper.revision, ...input });
    },
    onSuccess: async () => {
      setRefused([]);
      onDone();
      notifyDone(`Version ${next} answers people from now on.`);
      await client.invalidateQueries({ queryKey: FLOWS_KEY });
    },
    onError: (error) => {
      if (findingsIn(error).length === 0) return notifyError(error);
      setRefused((before) => afterRefusal(before, error));
      // The world that the editor explored is not the one that the server saw.
      void client.invalidateQueries({ queryKey: worldsQuery(flowId).queryKey });
    },
  });
  return { publish: mutate, isPending, refused, forget: () => setRefused([]) };
}
