import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Flow } from '#shared/api/flows.ts';
import { createFlow } from '../../../lib/api/flows.ts';
import { notifyDone, notifyError } from '../../../lib/notify.tsx';
import type { Editor } from '../store/editor.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import type { SaveState } from './draft-keeper.ts';
import { forgetLocally } from './local-draft.ts';

export interface ConflictProps {
  flow: Flow;
  state: SaveState;
  /** What is saved was saved in another window of the same browser. */
  mine: boolean;
  editor: Editor;
  onReload: () => void;
}

/** Settles two people's edits of one draft: one takes the other's, or keeps their own as a flow of its own. */
export function Conflict({ flow, state, mine, editor, onReload }: ConflictProps) {
  const navigate = useNavigate();
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
  return (
    <ConflictDialog
      opened={state.kind === 'conflict'}
      mine={mine}
      busy={copy.isPending}
      onReload={() => {
        forgetLocally(localStorage, flow.id);
        onReload();
      }}
      onKeepCopy={() => copy.mutate()}
    />
  );
}
