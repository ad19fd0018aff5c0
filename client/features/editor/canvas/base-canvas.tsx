import './canvas.css';
import {
  Background,
  BackgroundVariant,
  type EdgeTypes,
  MiniMap,
  type NodeTypes,
  ReactFlow,
  type ReactFlowProps,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type MouseEvent, useRef } from 'react';
import { usePhoneOpen } from '../../../lib/rehearsal/use-phone-open.ts';
import type { CanvasEdge } from './canvas-edges.ts';
import type { CanvasNode } from './canvas-nodes.ts';
import { CanvasControls } from './canvas-controls.tsx';
import { ConnectingLine } from './connecting-line.tsx';
import { boundsOf, cardAt, rectOf } from './card-places.ts';
import { isOverview } from './far.ts';
import { Overview } from './overview.tsx';
import { firstView, motion } from './fit.ts';
import { LineEdge } from './line-edge.tsx';
import { StepCard } from './step-card.tsx';
import { TriggerCard } from './trigger-card.tsx';
import { useRoutedEdges } from './use-routed-edges.ts';
import { useSteadyMiddle } from './use-steady-middle.ts';

const NODE_TYPES = { step: StepCard, trigger: TriggerCard } satisfies NodeTypes;
const EDGE_TYPES = { line: LineEdge } satisfies EdgeTypes;
/** A card that is gone to is shown this big. */
const LEGIBLE = 0.8;
/** Above this many cards the map costs more than it helps. */
const MAP_LIMIT = 1_000;
/** On a canvas lower or narrower than this, because the drawer or the inspector is open, the map would lie on the cards: in pixels. */
const MAP_NEEDS = { width: 760, height: 480 };

export type BaseCanvasProps = ReactFlowProps<CanvasNode, CanvasEdge> & {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
  map: boolean;
};

/** The canvas that editing and looking share: cards, lines, moving about. */
export function BaseCanvas({ nodes, edges: lines, map, children, ...props }: BaseCanvasProps) {
  const edges = useRoutedEdges(nodes, lines);
  const [phoneOpen] = usePhoneOpen();
  const painted = useStore(({ transform }) => isOverview(transform[2], nodes.length));
  const hasRoom = useStore(({ width, height }) => width >= MAP_NEEDS.width && height >= MAP_NEEDS.height);
  const frame = useRef<HTMLDivElement>(null);
  const { screenToFlowPosition, setCenter } = useReactFlow();
  useSteadyMiddle();
  /** A click on a painted card goes there. */
  const goTo = (event: MouseEvent) => {
    const point = screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    const card = cardAt(nodes, point);
    if (!card) return;
    const { x, y, width, height } = rectOf(card);
    void setCenter(x + width / 2, y + height / 2, { zoom: LEGIBLE, duration: motion() });
  };
  return (
    <ReactFlow
      nodes={painted ? NO_NODES : nodes}
      edges={painted ? NO_EDGES : edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      connectionLineComponent={ConnectingLine}
      onlyRenderVisibleElements
      minZoom={0.05}
      maxZoom={1.6}
      onInit={(canvas) => {
        const { clientWidth: width = 0, clientHeight: height = 0 } = frame.current ?? {};
        void canvas.setViewport(
          firstView(boundsOf(nodes), boundsOf(nodes.slice(0, 1)), { width, height }, phoneOpen),
        );
      }}
      ref={frame}
      onPaneClick={(event) => painted && goTo(event)}
      snapToGrid
      snapGrid={GRID}
      panOnScroll
      zoomOnDoubleClick={false}
      deleteKeyCode={null}
      selectNodesOnDrag={false}
      edgesFocusable={false}
      disableKeyboardA11y
      attributionPosition="top-right"
      {...props}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
      <CanvasControls />
      {map && hasRoom && !painted && nodes.length > 0 && nodes.length <= MAP_LIMIT ? (
        <MiniMap
          pannable
          zoomable
          position="bottom-left"
          className="canvas-map"
          style={MAP_SIZE}
          nodeBorderRadius={24}
          ariaLabel="Map of the flow"
        />
      ) : null}
      {painted ? <Overview cards={nodes} edges={edges} /> : null}
      {children}
    </ReactFlow>
  );
}

/** The map's own size, which React Flow reads from here. */
const MAP_SIZE = { width: 168, height: 112 };
const GRID: [number, number] = [8, 8];
// Stable, so that React Flow sees no change while there is none.
const NO_NODES: CanvasNode[] = [];
const NO_EDGES: CanvasEdge[] = [];
