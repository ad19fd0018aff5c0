import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SavedConversation } from '#shared/api/conversations.ts';
import { ApiError } from '../../../lib/api/api-error.ts';
import { getConversations, saveConversations } from '../../../lib/api/flows.ts';
import { notifyDone, notifyError } from '../../../lib/notify.tsx';
import { conversationsQuery } from '../../../lib/queries/flow-queries.ts';

/** A change of the saved conversations. */
export type GoldenEdit = (before: readonly SavedConversation[]) => SavedConversation[];

/** The golden conversations of a draft, and the way to change them. */
export interface Golden {
  /** Null until they are known. */
  conversations: readonly SavedConversation[] | null;
  error: unknown;
  saving: boolean;
  /** The name of the one that is looked at. */
  chosen: string | null;
  choose: (name: string) => void;
  /** Saves a change, says so, and offers to take it back. */
  change: (edit: GoldenEdit, done: string) => void;
}

/** Reads and saves the golden conversations of a flow, one change after the other; somebody else's are never overwritten. */
export function useGolden(flowId: string): Golden {
  const client = useQueryClient();
  const query = conversationsQuery(flowId);
  const { data, error } = useQuery(query);
  const { mutate, isPending } = useMutation({
    scope: { id: `conversations ${flowId}` },
    mutationFn: async ({ edit }: { edit: GoldenEdit; done: string | null }) => {
      const { conversations: before, revision } =
        client.getQueryData(query.queryKey) ?? (await getConversations(flowId));
      const conversations = edit(before);
      const saved = await saveConversations(flowId, { conversations, revision });
      client.setQueryData(query.queryKey, { conversations, revision: saved.revision });
      return before;
    },
    onSuccess(before, { done }) {
      if (done !== null) notifyDone(done, () => mutate({ edit: () => [...before], done: null }));
    },
    async onError(refused) {
      notifyError(refused);
      if (refused instanceof ApiError && refused.status === 409)
        await client.invalidateQueries({ queryKey: query.queryKey });
    },
  });
  const [chosen, choose] = useState<string | null>(null);
  return {
    chosen,
    choose,
    conversations: data?.conversations ?? null,
    error,
    saving: isPending,
    change: (edit, done) => mutate({ edit, done }),
  };
}
