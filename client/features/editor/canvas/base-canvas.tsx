import './canvas.css';
import {
  Background,
  BackgroundVariant,
  type EdgeTypes,
  MiniMap,
  type NodeTypes,
  ReactFlow,
  type ReactFlowProps,
} from '@xyflow/react';
import { useRef } from 'react';
import { usePhoneOpen } from '../../../lib/rehearsal/use-phone-open.ts';
import type { CanvasEdge } from './canvas-edges.ts';
import type { CanvasNode } from './canvas-nodes.ts';
import { CanvasControls } from './canvas-controls.tsx';
import { ConnectingLine } from './connecting-line.tsx';
import { firstView } from './fit.ts';
import { LineEdge } from './line-edge.tsx';
import { StepCard } from './step-card.tsx';
import { TriggerCard } from './trigger-card.tsx';

const NODE_TYPES = { step: StepCard, trigger: TriggerCard } satisfies NodeTypes;
const EDGE_TYPES = { line: LineEdge } satisfies EdgeTypes;
/** Above this many cards the map costs more than it helps. */
const MAP_LIMIT = 1_000;

export type BaseCanvasProps = ReactFlowProps<CanvasNode, CanvasEdge> & {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
  map: boolean;
};

/** The canvas that editing and looking share: cards, lines, moving about. */
export function BaseCanvas({ nodes, edges, map, children, ...props }: BaseCanvasProps) {
  const [phoneOpen] = usePhoneOpen();
  const frame = useRef<HTMLDivElement>(null);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      connectionLineComponent={ConnectingLine}
      onlyRenderVisibleElements
      minZoom={0.05}
      maxZoom={1.6}
      onInit={(canvas) => {
        const bounds = canvas.getNodesBounds(nodes);
        const { clientWidth: width = 0, clientHeight: height = 0 } = frame.current ?? {};
        void canvas.setViewport(
          firstView(bounds, canvas.getNodesBounds(nodes.slice(0, 1)), { width, height }, phoneOpen),
        );
      }}
      ref={frame}
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
      {map && nodes.length > 0 && nodes.length <= MAP_LIMIT ? (
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
      {children}
    </ReactFlow>
  );
}

/** The map's own size, which React Flow reads from here. */
const MAP_SIZE = { width: 168, height: 112 };
const GRID: [number, number] = [8, 8];
