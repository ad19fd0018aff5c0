import { useDebouncedCallback, useLocalStorage } from '@mantine/hooks';
import { ReactFlowProvider } from '@xyflow/react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Flow } from '#shared/api/flows.ts';
import { mayActAs } from '#shared/api/roles.ts';
import { isAcceptable } from '#flows/prove/acceptable.ts';
import { SurroundingsProvider } from '#flows/editor-kit/surroundings.tsx';
import { counted } from '../../lib/format/number.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useSession } from '../../lib/queries/session-queries.ts';
import { rehearsal } from '../../lib/rehearsal/rehearsal.ts';
import { useOverlayState } from './canvas/use-overlay-state.ts';
import type { CanvasNode } from './canvas/canvas-nodes.ts';
import { CardsContext } from './canvas/card-places.ts';
import { OverlayContext } from './canvas/overlay.ts';
import { Conflict } from './draft/conflict.tsx';
import type { OpenedDraft } from './draft/open-draft.ts';
import { SomebodyElse } from './draft/somebody-else.tsx';
import { SaveIndicator } from './draft/save-indicator.tsx';
import { useDraft } from './draft/use-draft.ts';
import { DraftView } from './draft-view.tsx';
import classes from './flow-editor.module.css';
import { Header } from './header.tsx';
import { useSurroundingsOf } from './inspector/use-surroundings-of.ts';
import { PublishButton } from './publish/publish-button.tsx';
import { PublishDialog } from './publish/publish-dialog.tsx';
import { usePublish } from './publish/use-publish.ts';
import { VersionView } from './publish/version-view.tsx';
import { VersionsDrawer } from './publish/versions-drawer.tsx';
import { useProvide } from './needs/use-provide.ts';
import { createEditor } from './store/editor.ts';
import { EditorContext } from './store/use-editor.ts';
import { useGolden } from './golden/use-golden.ts';
import { useRecording } from './golden/use-recording.ts';
import type { DrawerTab } from './panels/drawer.tsx';
import { useProof } from './proof/use-proof.ts';
import { withProof } from './proof/with-proof.ts';
import { useLiveFlow } from './store/use-live-flow.ts';
import { TrafficView } from './traffic-view.tsx';
import { useFlowFiles } from './use-flow-files.tsx';

export interface FlowEditorProps {
  /** What the server says about the flow now. */
  flow: Flow;
  /** What is edited, as it was when the page was opened. */
  draft: OpenedDraft;
  phone: ReactNode;
  onReload: () => void;
}

/** The opened editor: one draft, saved as it is drawn, inspected as it is drawn, published from here. */
export function FlowEditor({ flow, draft, phone, onReload }: FlowEditorProps) {
  const [editor] = useState(() => createEditor(draft.definition, Date.now));
  const definition = useStore(editor.store, (state) => state.definition);
  const { role } = useSession();
  const mayEdit = mayActAs(role, 'author') && flow.status !== 'archived';
  const { state, serverIssues, changed, keeper } = useDraft(editor, flow, draft);
  const opened = useLiveFlow(definition);
  const golden = useGolden(flow.id);
  const proof = useProof(flow.id, definition, golden.conversations);
  const issues = useMemo(
    () => withProof([...(opened?.issues ?? []), ...serverIssues], proof),
    [opened, serverIssues, proof],
  );
  const [coverage, setCoverage] = useState(false);
  const overlay = useOverlayState(issues, coverage ? proof : null);
  const cards = useRef<readonly CanvasNode[]>([]);
  const [version, setVersion] = useState<number | null>(null);
  const [dialog, setDialog] = useState<'publish' | 'versions' | null>(null);
  const [drawer, setDrawer] = useLocalStorage<DrawerTab | null>({
    key: 'textloom-drawer',
    defaultValue: null,
  });
  const { view, node } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [commands, setCommands] = useState({ tidy: 0, find: 0, map: 0, shortcuts: 0, fit: 0 });
  const command = (name: keyof typeof commands) =>
    setCommands((before) => ({ ...before, [name]: before[name] + 1 }));
  const provide = useProvide(flow.id, () => {
    keeper.changed(editor.store.getState().definition);
    void keeper.flush();
  });
  const files = useFlowFiles({
    flowId: flow.id,
    editor,
    golden,
    provide,
    hear: proof.hearIn,
    onTaken: () => command('fit'),
  });
  useRecording(mayEdit ? golden : null, proof, () => setDrawer('conversations'));
  const surroundings = useSurroundingsOf(flow.id, definition, opened, !mayEdit);
  usePageTitle(definition.name);

  useEffect(() => {
    if (opened) rehearsal.open(flow.id, opened.compiled);
  }, [opened, flow.id]);
  useEffect(() => rehearsal.close, []);

  const next = (flow.version ?? 0) + 1;
  const errors = issues.filter((issue) => !isAcceptable(issue));
  const publishing = usePublish(flow.id, keeper, next, () => setDialog(null));
  const closeDialog = () => {
    publishing.forget();
    setDialog(null);
  };
  const why = whyNot({
    allowed: mayActAs(role, 'publisher'),
    steps: definition.nodes.length,
    errors: errors.length,
    saving: state.kind,
    same: flow.version !== null && state.kind === 'saved' && !changed ? flow.version : null,
  });
  const showView = useDebouncedCallback((to: 'draft' | 'traffic') => {
    setVersion(null);
    void navigate({
      to: '.',
      search: (search) => ({ ...search, view: to === 'traffic' ? 'traffic' : undefined }),
      replace: true,
    });
  }, 0);

  return (
    <EditorContext value={editor}>
      <OverlayContext value={overlay}>
        <SurroundingsProvider value={surroundings}>
          <ReactFlowProvider>
            <CardsContext value={cards}>
              <div className={classes.page}>
                <Header
                  flow={flow}
                  view={view === 'traffic' ? 'traffic' : 'draft'}
                  readOnly={!mayEdit || version !== null}
                  looking={version !== null}
                  status={<SaveIndicator state={state} onRetry={() => void keeper.flush()} />}
                  publish={
                    <PublishButton
                      number={next}
                      why={why}
                      onPublish={() => setDialog('publish')}
                      onWhy={() => setDrawer('problems')}
                    />
                  }
                  onView={showView}
                  onTidy={() => command('tidy')}
                  onFind={() => command('find')}
                  onVersions={() => setDialog('versions')}
                  onMap={() => command('map')}
                  onShortcuts={() => command('shortcuts')}
                  {...files.actions}
                />
                {state.kind === 'saved' && flow.revision > keeper.revision ? (
                  <SomebodyElse onReload={onReload} />
                ) : null}
                {version !== null ? (
                  <VersionView
                    flowId={flow.id}
                    number={version}
                    mayEdit={mayEdit}
                    onBack={() => setVersion(null)}
                    onRestore={(restored, conversations) => {
                      editor.replace(`Restore version ${version}`, restored);
                      golden.change(
                        () => conversations,
                        'The saved conversations of the version came along.',
                      );
                      setVersion(null);
                    }}
                  />
                ) : view === 'traffic' ? (
                  <TrafficView flowId={flow.id} definition={definition} />
                ) : (
                  <DraftView
                    issues={issues}
                    proof={proof}
                    golden={golden}
                    provide={provide}
                    coverage={coverage}
                    onCoverage={setCoverage}
                    readOnly={!mayEdit}
                    phone={phone}
                    commands={commands}
                    firstCard={node ?? null}
                    drawer={drawer}
                    onDrawer={setDrawer}
                    onSave={() => void keeper.flush()}
                    {...files.actions}
                  />
                )}
              </div>
              {files.dialogs}
              <Conflict flow={flow} state={state} editor={editor} onReload={onReload} />
              <VersionsDrawer
                flowId={flow.id}
                opened={dialog === 'versions'}
                live={flow.version}
                onLook={(number) => {
                  setVersion(number);
                  setDialog(null);
                }}
                onClose={() => setDialog(null)}
              />
              {dialog === 'publish' ? (
                <PublishDialog
                  flowId={flow.id}
                  current={flow.version}
                  next={next}
                  definition={definition}
                  doubts={issues.filter(isAcceptable)}
                  played={proof.played}
                  refused={publishing.refused}
                  onConversations={() => {
                    closeDialog();
                    setDrawer('conversations');
                  }}
                  busy={publishing.isPending}
                  onPublish={publishing.publish}
                  onClose={closeDialog}
                />
              ) : null}
            </CardsContext>
          </ReactFlowProvider>
        </SurroundingsProvider>
      </OverlayContext>
    </EditorContext>
  );
}

interface Standing {
  allowed: boolean;
  steps: number;
  errors: number;
  saving: string;
  /** The version that the draft is the same as, if it is. */
  same: number | null;
}

/** Why a draft can't be published now, as a sentence for its author; null when it can. */
function whyNot({ allowed, steps, errors, saving, same }: Standing): string | null {
  if (!allowed) return 'Your role draws flows; publishing them is for publishers. Ask one to have a look.';
  if (steps === 0) return 'There is nothing to publish yet. Put a first step on the canvas.';
  if (errors > 0)
    return `${counted(errors, 'problem')} ${errors === 1 ? 'is' : 'are'} in the way. Press to see ${errors === 1 ? 'it' : 'them'}.`;
  if (['offline', 'signed-out', 'refused', 'conflict'].includes(saving))
    return 'The draft is not saved, so it cannot be published yet.';
  if (same !== null) return `Nothing has changed since version ${same}.`;
  return null;
}
