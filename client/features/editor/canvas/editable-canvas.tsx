import {
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react';
import { type DragEvent, useCallback, useMemo, useRef } from 'react';
import { addStep, connect, disconnect, reconnect } from '../store/edits.ts';
import { focusCard } from '../store/focus-card.ts';
import { useEditor, useEditorState } from '../store/use-editor.ts';
import { BaseCanvas } from './base-canvas.tsx';
import { isRemark } from './bound-step.ts';
import { type CanvasEdge, canvasEdges } from './canvas-edges.ts';
import type { CanvasNode } from './canvas-nodes.ts';
import { CARD } from './card-size.ts';
import { STEP_DRAG_TYPE } from './step-drag.ts';
import { useCards } from './use-cards.ts';

export interface EditableCanvasProps {
  map: boolean;
  /** A line was dropped on the void, at this point of the window. */
  onDropLine: (way: { from: string; port: string }, at: { x: number; y: number }) => void;
  /** The void was double-clicked. */
  onAsk: (at: { x: number; y: number }) => void;
  children?: React.ReactNode;
}

/** The canvas to draw on. Cards being dragged are React Flow's own affair; where they are dropped is an edit. */
export function EditableCanvas({ map, onDropLine, onAsk, children }: EditableCanvasProps) {
  const editor = useEditor();
  const definition = useEditorState((state) => state.definition);
  const selection = useEditorState((state) => state.selection);
  const { screenToFlowPosition } = useReactFlow();
  const [nodes, changeCards] = useCards(definition, selection.nodes);
  const lastEdges = useRef<CanvasEdge[]>([]);
  const edges = useMemo(() => {
    lastEdges.current = canvasEdges(definition, selection.edges, lastEdges.current);
    return lastEdges.current;
  }, [definition, selection.edges]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      changeCards(changes);
      const { nodes: chosen, edges: lines } = editor.store.getState().selection;
      if (changes.some(({ type }) => type === 'select')) editor.select(chosenAfter(chosen, changes), lines);
    },
    [editor, changeCards],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<CanvasEdge>[]) => {
      const { nodes: chosen, edges: lines } = editor.store.getState().selection;
      editor.select(chosen, chosenAfter(lines, changes));
    },
    [editor],
  );
  const moved = useCallback(
    (cards: readonly CanvasNode[]) => {
      const { layout } = editor.store.getState().definition;
      const to = Object.fromEntries(
        cards.flatMap(({ id, position: { x, y } }) =>
          layout[id]?.x === x && layout[id]?.y === y ? [] : [[id, { x, y }]],
        ),
      );
      const count = Object.keys(to).length;
      if (count > 0)
        editor.edit(count === 1 ? 'Move a step' : `Move ${count} steps`, [{ do: 'move-nodes', to }]);
    },
    [editor],
  );

  /** A line may lead to any step that runs. */
  const takesLines = (id: string): boolean => {
    const step = editor.store.getState().definition.nodes.find((node) => node.id === id);
    return step !== undefined && !isRemark(step);
  };
  const onConnect = ({ source, sourceHandle, target }: Connection) => {
    if (sourceHandle) connect(editor, { from: source, port: sourceHandle }, target);
  };
  const onConnectEnd = (
    event: MouseEvent | TouchEvent,
    { isValid, fromHandle, fromNode }: FinalConnectionState,
  ) => {
    if (isValid || !fromNode || fromHandle?.type !== 'source' || !fromHandle.id) return;
    const way = { from: fromNode.id, port: fromHandle.id };
    const card = cardUnder(event);
    if (card === null) onDropLine(way, pointOf(event));
    else if (takesLines(card)) connect(editor, way, card);
  };
  const onReconnect = (old: CanvasEdge, { source, sourceHandle, target }: Connection) => {
    if (old.data && sourceHandle) reconnect(editor, old.data, { from: source, port: sourceHandle }, target);
  };
  const onReconnectEnd = (
    event: MouseEvent | TouchEvent,
    edge: CanvasEdge,
    _: unknown,
    { isValid, fromHandle }: FinalConnectionState,
  ) => {
    if (isValid || !edge.data) return;
    const card = cardUnder(event);
    if (card !== null && takesLines(card) && fromHandle?.type === 'source')
      reconnect(editor, edge.data, edge.data, card);
    else if (card === null) disconnect(editor, edge.data);
  };
  const onDrop = (event: DragEvent) => {
    const kind = event.dataTransfer.getData(STEP_DRAG_TYPE);
    if (!kind) return;
    event.preventDefault();
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const id = addStep(editor, kind, { x: snap(x - CARD.width / 2), y: snap(y - CARD.head / 2) });
    if (id) focusCard(id);
  };

  return (
    <BaseCanvas
      nodes={nodes}
      edges={edges}
      map={map}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onNodeDragStop={(_event, _card, cards) => moved(cards)}
      onSelectionDragStop={(_event, cards) => moved(cards)}
      onConnect={onConnect}
      onConnectEnd={onConnectEnd}
      onReconnect={onReconnect}
      onReconnectEnd={onReconnectEnd}
      isValidConnection={({ target }) => takesLines(target)}
      connectionRadius={28}
      reconnectRadius={12}
      selectionMode={SelectionMode.Partial}
      multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
      onDoubleClick={(event) => {
        if (event.target instanceof Element && event.target.matches('.react-flow__pane'))
          onAsk({ x: event.clientX, y: event.clientY });
      }}
    >
      {children}
    </BaseCanvas>
  );
}

const snap = (value: number): number => Math.round(value / 8) * 8;

function chosenAfter(
  before: ReadonlySet<string>,
  changes: readonly (NodeChange | EdgeChange)[],
): Set<string> {
  const after = new Set(before);
  for (const change of changes) {
    if (change.type !== 'select') continue;
    if (change.selected) after.add(change.id);
    else after.delete(change.id);
  }
  return after;
}

const pointOf = (event: MouseEvent | TouchEvent): { x: number; y: number } => {
  const { clientX: x, clientY: y } =
    'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
  return { x, y };
};

/** The card at the point where something was dropped, if there is one. */
function cardUnder(event: MouseEvent | TouchEvent): string | null {
  const { x, y } = pointOf(event);
  const card = document.elementFromPoint(x, y)?.closest('.react-flow__node');
  return card?.getAttribute('data-id') ?? null;
}
