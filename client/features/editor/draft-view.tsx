import {
  type PointerEvent,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { TRIGGER_CARD } from './canvas/canvas-nodes.ts';
import { EditableCanvas } from './canvas/editable-canvas.tsx';
import { CanvasActionsContext, OverlayContext, type CanvasActions } from './canvas/overlay.ts';
import { ReadonlyCanvas } from './canvas/readonly-canvas.tsx';
import type { DrawingTools } from './canvas/use-drawing-tools.ts';
import { useReveal } from './canvas/use-reveal.ts';
import classes from './flow-editor.module.css';
import { Inspector } from './inspector/inspector.tsx';
import { FindBar } from './panels/find-bar.tsx';
import { Palette } from './panels/palette.tsx';
import type { ShownIssue } from './proof/proof-messages.ts';
import type { DraftProof } from './proof/use-proof.ts';
import { ConversationsPanel } from './golden/conversations-panel.tsx';
import type { Golden } from './golden/use-golden.ts';
import type { Provide } from './needs/use-provide.ts';
import { Drawer, type DrawerTab } from './panels/drawer.tsx';
import { ProblemCounts, Problems } from './panels/problems.tsx';
import { type Asking, NextStepMenu } from './panels/next-step-menu.tsx';
import { FirstStep, StartHere } from './panels/start-here.tsx';
import { usePaletteOpen } from './panels/use-palette-open.ts';
import { addStep } from './store/edits.ts';
import { useAddStep } from './store/use-add-step.ts';
import { useClipboard } from './store/use-clipboard.ts';
import { useEditor, useEditorState } from './store/use-editor.ts';
import { useHotkeys } from './store/use-hotkeys.ts';
import { useShowCard } from './store/use-show-card.ts';

export interface DraftViewProps {
  issues: readonly ShownIssue[];
  proof: DraftProof;
  golden: Golden;
  provide: Provide;
  /** Whether the canvas shows which lines the saved conversations go along. */
  coverage: boolean;
  onCoverage: (shown: boolean) => void;
  readOnly: boolean;
  phone: ReactNode;
  tools: DrawingTools;
  /** The card to show first. */
  firstCard: string | null;
  drawer: DrawerTab | null;
  onDrawer: (tab: DrawerTab | null) => void;
  onSave: () => void;
  onTemplate: () => void;
  onImport: () => void;
}

/** The draft and everything around it to draw with. */
export function DraftView(props: DraftViewProps) {
  const { issues, proof, golden, readOnly, phone, tools, firstCard, onSave } = props;
  const { showAll, find, endFind, openShortcuts } = tools;
  const editor = useEditor();
  const overlay = use(OverlayContext);
  const definition = useEditorState((state) => state.definition);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [palette, togglePalette] = usePaletteOpen();
  const area = useRef<HTMLDivElement>(null);
  const only = useEditorState(({ selection: { nodes } }) =>
    nodes.size === 1 ? ([...nodes][0] ?? null) : null,
  );
  useReveal(only, area);

  const { show, jump } = useShowCard(editor);
  const rename = useCallback((id: string | null) => overlay.setState({ renaming: id }), [overlay]);
  useHotkeys(editor, { find, help: openShortcuts, save: onSave, rename });
  useClipboard(editor);
  // Whoever comes back to the drawing looks for nothing yet.
  useEffect(() => endFind, [endFind]);

  const isEmpty = definition.nodes.length === 0;
  // The card of what starts the flow has lost the step it stood before, and may be out of sight.
  useEffect(() => (isEmpty ? showAll() : undefined), [isEmpty, showAll]);
  useEffect(() => {
    if (firstCard) requestAnimationFrame(() => jump(firstCard));
  }, [firstCard, jump]);

  const actions = useMemo<CanvasActions>(
    () => ({
      rename: (id, title) => editor.edit('Change a title', [{ do: 'title-node', id, title: title || null }]),
      setRenaming: rename,
      insertOn: (way, at) => setAsking({ at, way, insert: true }),
    }),
    [editor, rename],
  );

  const add = useAddStep(area, only, jump);
  const startWithKeyword = () => {
    const first = addStep(editor, 'message', { x: 0, y: 0 });
    if (first) editor.inspect(TRIGGER_CARD);
    showAll();
  };

  return (
    <>
      <div className={classes.main}>
        {readOnly ? null : <Palette open={palette} onToggle={togglePalette} onAdd={add} />}
        <div className={classes.canvas} ref={area} onPointerDownCapture={unmark}>
          {readOnly ? (
            <ReadonlyCanvas definition={definition} overlay={overlay} />
          ) : (
            <CanvasActionsContext value={actions}>
              <EditableCanvas
                map={tools.hasMap}
                onDropLine={(way, at) => setAsking({ at, way, insert: false })}
                onAsk={(at) => setAsking({ at, way: null, insert: false })}
              />
            </CanvasActionsContext>
          )}
          {!isEmpty || readOnly ? null : definition.triggers.length > 0 ? (
            <FirstStep />
          ) : (
            <StartHere onTemplate={props.onTemplate} onKeyword={startWithKeyword} onImport={props.onImport} />
          )}
          {tools.isFinding ? <FindBar onJump={show} onClose={endFind} /> : null}
          <div className={classes.phone}>{phone}</div>
        </div>
        <div className={classes.overlaid}>
          <Inspector issues={issues} readOnly={readOnly} />
        </div>
      </div>
      <Drawer
        open={props.drawer}
        onOpen={props.onDrawer}
        problemCounts={<ProblemCounts issues={issues} proof={proof} />}
        problems={
          <Problems
            issues={issues}
            definition={definition}
            provide={readOnly ? null : props.provide}
            proof={proof}
            onJump={jump}
          />
        }
        played={proof.played}
        conversations={
          <ConversationsPanel
            golden={golden}
            proof={proof}
            definition={definition}
            readOnly={readOnly}
            coverage={props.coverage}
            onCoverage={props.onCoverage}
          />
        }
      />
      {asking ? <NextStepMenu asking={asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
}

/** Choosing cards with Shift would stretch a marking of words from wherever one began. */
function unmark(event: PointerEvent): void {
  if (event.shiftKey) document.getSelection()?.removeAllRanges();
}
