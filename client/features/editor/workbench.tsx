import { useDebouncedCallback, useLocalStorage } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Flow } from '#shared/api/flows.ts';
import { mayActAs } from '#shared/api/roles.ts';
import { SurroundingsProvider } from '#flows/editor-kit/surroundings.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { useSession } from '../../lib/queries/session-queries.ts';
import { rehearsal } from '../../lib/rehearsal/rehearsal.ts';
import { useDrawingTools } from './canvas/use-drawing-tools.ts';
import { useOverlayState } from './canvas/use-overlay-state.ts';
import { OverlayContext } from './canvas/overlay.ts';
import { Conflict } from './draft/conflict.tsx';
import type { OpenedDraft } from './draft/open-draft.ts';
import { ChangedElsewhere } from './draft/changed-elsewhere.tsx';
import { SaveIndicator } from './draft/save-indicator.tsx';
import { saverOf } from './draft/saver.ts';
import { useDraft } from './draft/use-draft.ts';
import { DraftView } from './draft-view.tsx';
import classes from './flow-editor.module.css';
import { Header } from './header.tsx';
import { useSurroundingsOf } from './inspector/use-surroundings-of.ts';
import { usePublishing } from './publish/use-publishing.tsx';
import { VersionView } from './publish/version-view.tsx';
import { VersionsDrawer } from './publish/versions-drawer.tsx';
import { useProvide } from './needs/use-provide.ts';
import { useEditor } from './store/use-editor.ts';
import { useGolden } from './golden/use-golden.ts';
import { useRecording } from './golden/use-recording.ts';
import type { DrawerTab } from './panels/drawer.tsx';
import { Shortcuts } from './panels/shortcuts.tsx';
import { useProof } from './proof/use-proof.ts';
import { withProof } from './proof/with-proof.ts';
import { useLiveFlow } from './store/use-live-flow.ts';
import { TrafficView } from './traffic-view.tsx';
import { useFlowFiles } from './use-flow-files.tsx';

export interface WorkbenchProps {
  /** What the server says about the flow now. */
  flow: Flow;
  /** What is edited, as it was when the page was opened. */
  draft: OpenedDraft;
  phone: ReactNode;
  onReload: () => void;
}

/** One draft, saved as it is drawn, inspected as it is drawn, published from here. */
export function Workbench({ flow, draft, phone, onReload }: WorkbenchProps) {
  const editor = useEditor();
  const definition = useStore(editor.store, (state) => state.definition);
  const { role, person } = useSession();
  const mayEdit = mayActAs(role, 'author') && flow.status !== 'archived';
  const kept = useDraft(editor, flow, draft);
  const { state, serverIssues, keeper } = kept;
  const saver = draft.behind || flow.revision > keeper.revision ? saverOf(flow, person.id) : null;
  const opened = useLiveFlow(definition);
  const golden = useGolden(flow.id);
  const proof = useProof(flow.id, definition, golden.conversations);
  const issues = useMemo(
    () => withProof([...(opened?.issues ?? []), ...serverIssues], proof),
    [opened, serverIssues, proof],
  );
  const [coverage, setCoverage] = useState(false);
  const overlay = useOverlayState(issues, coverage ? proof : null);
  const [version, setVersion] = useState<number | null>(null);
  const [listsVersions, setListsVersions] = useState(false);
  const [drawer, setDrawer] = useLocalStorage<DrawerTab | null>({
    key: 'textloom-drawer',
    defaultValue: null,
  });
  const { view, node } = useSearch({ strict: false });
  const navigate = useNavigate();
  const tools = useDrawingTools();
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
    onTaken: tools.showAll,
  });
  useRecording(mayEdit ? golden : null, proof, () => setDrawer('conversations'));
  const surroundings = useSurroundingsOf(flow.id, definition, opened, !mayEdit);
  usePageTitle(definition.name);

  useEffect(() => {
    if (opened) rehearsal.open(flow.id, opened.compiled);
  }, [opened, flow.id]);
  useEffect(() => rehearsal.close, []);

  const publishing = usePublishing({
    flow,
    draft: kept,
    issues,
    played: proof.played,
    onDrawer: setDrawer,
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
    <OverlayContext value={overlay}>
      <SurroundingsProvider value={surroundings}>
        <div className={classes.page}>
          <Header
            flow={flow}
            view={view === 'traffic' ? 'traffic' : 'draft'}
            readOnly={!mayEdit || version !== null}
            looking={version !== null}
            status={<SaveIndicator state={state} onRetry={() => void keeper.flush()} />}
            publish={publishing.button}
            onView={showView}
            onTidy={tools.tidyUp}
            onFind={tools.find}
            onVersions={() => setListsVersions(true)}
            onMap={tools.toggleMap}
            onShortcuts={tools.openShortcuts}
            {...files.actions}
          />
          {state.kind === 'saved' && saver ? <ChangedElsewhere saver={saver} onReload={onReload} /> : null}
          {version !== null ? (
            <VersionView
              flowId={flow.id}
              number={version}
              mayEdit={mayEdit}
              onBack={() => setVersion(null)}
              onRestore={(restored, conversations) => {
                editor.replace(`Restore version ${version}`, restored);
                golden.change(() => conversations, 'The saved conversations of the version came along.');
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
              tools={tools}
              firstCard={node ?? null}
              drawer={drawer}
              onDrawer={setDrawer}
              onSave={() => void keeper.flush()}
              {...files.actions}
            />
          )}
        </div>
        {files.dialogs}
        <Shortcuts opened={tools.hasShortcuts} onClose={tools.closeShortcuts} />
        <Conflict flow={flow} state={state} saver={saver} editor={editor} onReload={onReload} />
        <VersionsDrawer
          flowId={flow.id}
          opened={listsVersions}
          live={flow.version}
          onLook={(number) => {
            setVersion(number);
            setListsVersions(false);
          }}
          onClose={() => setListsVersions(false)}
        />
        {publishing.dialog}
      </SurroundingsProvider>
    </OverlayContext>
  );
}
