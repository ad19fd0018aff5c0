import { useEffect, useRef, useState } from 'react';
import type { Flow } from '#shared/api/flows.ts';
import type { Issue } from '#flows/definition/issue.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { saveDraft } from '../../../lib/api/flows.ts';
import type { Editor } from '../store/editor.ts';
import { beyondOurs } from '../store/issues.ts';
import { openedDraft } from '../store/use-live-flow.ts';
import { createDraftKeeper, type DraftKeeper, type SaveState } from './draft-keeper.ts';
import type { OpenedDraft } from './open-draft.ts';

export interface Draft {
  state: SaveState;
  /** Issues that only the server can know, of what it has. */
  serverIssues: readonly Issue[];
  /** Whether the draft differs in logic from the newest version, as far as the server knows. */
  changed: boolean;
  keeper: DraftKeeper;
}

/** Keeps the editor's draft saved for as long as the page is open. */
export function useDraft(editor: Editor, flow: Flow, start: OpenedDraft): Draft {
  const { id: flowId } = flow;
  const [state, setState] = useState<SaveState>(start.behind ? { kind: 'conflict' } : { kind: 'saved' });
  const [serverIssues, setServerIssues] = useState(() =>
    start.unsaved ? [] : serverOnly(start.issues, start.definition),
  );
  const [changed, setChanged] = useState(flow.changed);
  // Publishing changes nothing that is drawn, but what the draft is compared with.
  const version = useRef(flow.version);
  if (version.current !== flow.version) {
    version.current = flow.version;
    setChanged(flow.changed);
  }
  const made = useRef<DraftKeeper | null>(null);
  made.current ??= createDraftKeeper({
    flowId,
    revision: start.revision,
    closed: start.behind,
    save: (definition, revision) => saveDraft(flowId, { definition, revision }),
    storage: localStorage,
    onState: setState,
    onSaved(saved, definition) {
      setServerIssues(serverOnly(saved.issues, definition));
      setChanged(saved.changed);
    },
    later(act, milliseconds) {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  const keeper = made.current;
  const unsavedAtStart = useRef(start.unsaved && !start.behind);
  useEffect(() => {
    if (unsavedAtStart.current) {
      unsavedAtStart.current = false;
      keeper.changed(editor.store.getState().definition);
    }
    const stop = editor.store.subscribe(({ definition }, before) => {
      if (definition !== before.definition) keeper.changed(definition);
    });
    const now = () => void keeper.flush();
    window.addEventListener('online', now);
    window.addEventListener('pagehide', now);
    return () => {
      stop();
      window.removeEventListener('online', now);
      window.removeEventListener('pagehide', now);
      keeper.dispose();
    };
  }, [editor, keeper]);
  return { state, serverIssues, changed, keeper };
}

const serverOnly = (issues: readonly Issue[], definition: Definition): Issue[] =>
  beyondOurs(issues, openedDraft(definition)?.issues ?? []);
