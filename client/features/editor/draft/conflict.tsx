import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Flow } from '#shared/api/flows.ts';
import { createFlow } from '../../../lib/api/flows.ts';
import { notifyDone, notifyError } from '../../../lib/notify.tsx';
import { flowQuery } from '../../../lib/queries/flow-queries.ts';
import type { Editor } from '../store/editor.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import type { SaveState } from './draft-keeper.ts';
import { forgetLocally } from './local-draft.ts';
import type { Saver } from './saver.ts';

export interface ConflictProps {
  flow: Flow;
  state: SaveState;
  /** Who saved what the server has; null while only an older draft of its is known here. */
  saver: Saver | null;
  editor: Editor;
  onReload: () => void;
}

/** Settles two edits of one draft: the one here is given up, or kept as a flow of its own. */
export function Conflict({ flow, state, saver, editor, onReload }: ConflictProps) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const isOpen = state.kind === 'conflict';
  useEffect(() => {
    if (isOpen) void client.invalidateQueries({ queryKey: flowQuery(flow.id).queryKey, exact: true });
  }, [isOpen, client, flow.id]);
  const copy = useMutation({
    mutationFn: () => {
      const { definition } = editor.store.getState();
      const name = `${definition.name} (my changes)`.slice(-120);
      return createFlow({ name, definition: { ...definition, name } });
    },
    onSuccess: ({ id }) => {
      forgetLocally(localStorage, flow.id);
      notifyDone('Your changes are kept in this copy.');
      void navigate({ to: '/flows/$flowId', params: { flowId: id } });
    },
    onError: notifyError,
  });
  return saver === null ? null : (
    <ConflictDialog
      opened={isOpen}
      saver={saver}
      busy={copy.isPending}
      onReload={() => {
        forgetLocally(localStorage, flow.id);
        onReload();
      }}
      onKeepCopy={() => copy.mutate()}
    />
  );
}
