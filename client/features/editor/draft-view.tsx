import { useLocalStorage } from '@mantine/hooks';
import { useReactFlow } from '@xyflow/react';
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
import { useFit } from './canvas/fit.ts';
import { rectOf, useCardsRef } from './canvas/card-places.ts';
import { CARD, cardHeight } from './canvas/card-size.ts';
import { TRIGGER_CARD } from './canvas/canvas-nodes.ts';
import { EditableCanvas } from './canvas/editable-canvas.tsx';
import { CanvasActionsContext, OverlayContext, type CanvasActions } from './canvas/overlay.ts';
import { ReadonlyCanvas } from './canvas/readonly-canvas.tsx';
import { tidy } from './canvas/tidy.ts';
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
import { Shortcuts } from './panels/shortcuts.tsx';
import { FirstStep, StartHere } from './panels/start-here.tsx';
import { StepMenu } from './panels/step-menu.tsx';
import { addStep, connect, insertStep } from './store/edits.ts';
import { openPlace } from './store/open-place.ts';
import { useClipboard } from './store/use-clipboard.ts';
import { useEditor, useEditorState } from './store/use-editor.ts';
import { useHotkeys } from './store/use-hotkeys.ts';
import { useShowCard } from './store/use-show-card.ts';
import type { Way } from './store/way.ts';
import { useCommand } from './use-command.ts';

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
  /** Counts what the header asked for. */
  commands: Readonly<Record<'tidy' | 'find' | 'map' | 'shortcuts' | 'fit', number>>;
  /** The card to show first. */
  firstCard: string | null;
  drawer: DrawerTab | null;
  onDrawer: (tab: DrawerTab | null) => void;
  onSave: () => void;
  onTemplate: () => void;
  onImport: () => void;
}

/** What the menu "what happens next?" was opened for. */
interface Asking {
  at: { x: number; y: number };
  way: Way | null;
  insert: boolean;
}

/** The draft and everything around it to draw with. */
export function DraftView(props: DraftViewProps) {
  const { issues, proof, golden, readOnly, phone, commands, firstCard, onSave } = props;
  const editor = useEditor();
  const overlay = use(OverlayContext);
  const definition = useEditorState((state) => state.definition);
  const { screenToFlowPosition } = useReactFlow();
  const fit = useFit();
  const cards = useCardsRef();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [finding, setFinding] = useState(false);
  const [help, setHelp] = useState(false);
  const [map, setMap] = useLocalStorage({
    key: 'textloom-map-open',
    defaultValue: window.innerWidth >= 1_200,
  });
  const [palette, setPalette] = useLocalStorage({
    key: 'textloom-palette-open',
    defaultValue: window.innerWidth >= 1_200,
    getInitialValueInEffect: false,
  });
  const area = useRef<HTMLDivElement>(null);
  const only = useEditorState(({ selection: { nodes } }) =>
    nodes.size === 1 ? ([...nodes][0] ?? null) : null,
  );
  useReveal(only, area);

  const { show, jump } = useShowCard(editor);
  const rename = useCallback((id: string | null) => overlay.setState({ renaming: id }), [overlay]);
  const find = useCallback(() => setFinding(true), []);
  const showHelp = useCallback(() => setHelp(true), []);
  useHotkeys(editor, { find, help: showHelp, save: onSave, rename });
  useClipboard(editor);

  const sizeOf = (id: string) => {
    const card = cards.current.find((one) => one.id === id);
    return card ? rectOf(card) : { width: CARD.width, height: cardHeight(null, 1) };
  };
  useCommand(commands.tidy, () => {
    editor.edit('Tidy up', [{ do: 'move-nodes', to: tidy(definition, sizeOf) }]);
    setTimeout(fit, DRAWN);
  });
  useCommand(commands.fit, () => setTimeout(fit, DRAWN));
  useCommand(commands.find, find);
  useCommand(commands.shortcuts, showHelp);
  useCommand(commands.map, () => setMap(!map));
  const isEmpty = definition.nodes.length === 0;
  // The card of what starts the flow has lost the step it stood before, and may be out of sight.
  useEffect(() => {
    const timer = isEmpty ? setTimeout(fit, DRAWN) : undefined;
    return () => clearTimeout(timer);
  }, [isEmpty, fit]);
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

  const add = useCallback(
    (kind: string) => {
      const box = area.current?.getBoundingClientRect();
      const centre = screenToFlowPosition({
        x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
        y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
      });
      const { at, way } = openPlace(editor.store.getState().definition, only, centre);
      const id = addStep(editor, kind, at, way);
      if (id) requestAnimationFrame(() => jump(id));
    },
    [editor, only, jump, screenToFlowPosition],
  );
  const togglePalette = useCallback(() => setPalette((open) => !open), [setPalette]);
  const pick = (kind: string) => {
    if (!asking) return;
    const { x, y } = screenToFlowPosition(asking.at);
    const at = { x: snap(x - (asking.insert ? CARD.width / 2 : 0)), y: snap(y - CARD.head / 2) };
    if (asking.insert && asking.way) insertStep(editor, kind, asking.way, at);
    else addStep(editor, kind, at, asking.way);
    setAsking(null);
  };
  const startWithKeyword = () => {
    const first = addStep(editor, 'message', { x: 0, y: 0 });
    if (first) editor.inspect(TRIGGER_CARD);
    setTimeout(fit, DRAWN);
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
                map={map}
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
          {finding ? <FindBar onJump={show} onClose={() => setFinding(false)} /> : null}
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
      <Shortcuts opened={help} onClose={() => setHelp(false)} />
      {asking ? (
        <StepMenu
          at={asking.at}
          title="What happens next?"
          existing={asking.insert || asking.way === null ? [] : definition.nodes}
          onPick={pick}
          onPickExisting={(id) => {
            if (asking.way) connect(editor, asking.way, id);
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </>
  );
}

/** After this many milliseconds an edit is on the canvas, and measured. */
const DRAWN = 60;
const snap = (value: number): number => Math.round(value / 8) * 8;

/** Choosing cards with Shift would stretch a marking of words from wherever one began. */
function unmark(event: PointerEvent): void {
  if (event.shiftKey) document.getSelection()?.removeAllRanges();
}
