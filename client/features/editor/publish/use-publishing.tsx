import { type ReactNode, useState } from 'react';
import type { Flow } from '#shared/api/flows.ts';
import { mayActAs } from '#shared/api/roles.ts';
import { isAcceptable } from '#flows/prove/acceptable.ts';
import { useSession } from '../../../lib/queries/session-queries.ts';
import type { Draft } from '../draft/use-draft.ts';
import type { DrawerTab } from '../panels/drawer.tsx';
import type { Played, ShownIssue } from '../proof/proof-messages.ts';
import { useEditorState } from '../store/use-editor.ts';
import { PublishButton } from './publish-button.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { usePublish } from './use-publish.ts';
import { whyNot } from './why-not.ts';

export interface PublishingOptions {
  flow: Flow;
  draft: Pick<Draft, 'state' | 'changed' | 'keeper'>;
  issues: readonly ShownIssue[];
  /** What the saved conversations came to. */
  played: Played | null;
  /** Shows what is in the way. */
  onDrawer: (tab: DrawerTab) => void;
}

/** The button that publishes the draft, or says why it can't, and the dialog that it opens. */
export function usePublishing({
  flow,
  draft: { state, changed, keeper },
  issues,
  played,
  onDrawer,
}: PublishingOptions): { button: ReactNode; dialog: ReactNode } {
  const { role } = useSession();
  const definition = useEditorState((editor) => editor.definition);
  const [isOpen, setOpen] = useState(false);
  const next = (flow.version ?? 0) + 1;
  const { publish, isPending, refused, forget } = usePublish(flow.id, keeper, next, () => setOpen(false));
  const close = () => {
    forget();
    setOpen(false);
  };
  const why = whyNot({
    allowed: mayActAs(role, 'publisher'),
    steps: definition.nodes.length,
    errors: issues.filter((issue) => !isAcceptable(issue)).length,
    saving: state.kind,
    same: flow.version !== null && state.kind === 'saved' && !changed ? flow.version : null,
  });
  return {
    button: (
      <PublishButton
        number={next}
        why={why}
        onPublish={() => setOpen(true)}
        onWhy={() => onDrawer('problems')}
      />
    ),
    dialog: isOpen ? (
      <PublishDialog
        flowId={flow.id}
        current={flow.version}
        next={next}
        definition={definition}
        doubts={issues.filter(isAcceptable)}
        played={played}
        refused={refused}
        onConversations={() => {
          close();
          onDrawer('conversations');
        }}
        busy={isPending}
        onPublish={publish}
        onClose={close}
      />
    ) : null,
  };
}
