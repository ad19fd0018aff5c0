import './canvas.css';
import '#flows/editor-kit/families.css';
import {
  Background,
  BackgroundVariant,
  type EdgeTypes,
  MiniMap,
  type NodeTypes,
  ReactFlow,
  type ReactFlowProps,
} from '@xyflow/react';
import type { CanvasEdge } from './canvas-edges.ts';
import type { CanvasNode } from './canvas-nodes.ts';
import { CanvasControls } from './canvas-controls.tsx';
import { ConnectingLine } from './connecting-line.tsx';
import { LineEdge } from './line-edge.tsx';
import { StepCard } from './step-card.tsx';
import { TriggerCard } from './trigger-card.tsx';

const NODE_TYPES = { step: StepCard, trigger: TriggerCard } satisfies NodeTypes;
const EDGE_TYPES = { line: LineEdge } satisfies EdgeTypes;
const FIT = { padding: 0.15, maxZoom: 1, minZoom: 0.1 } as const;
/** Above this many cards the map costs more than it helps. */
const MAP_LIMIT = 1_000;

export type BaseCanvasProps = ReactFlowProps<CanvasNode, CanvasEdge> & {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
  map: boolean;
};

/** The canvas that editing and looking share: cards, lines, moving about. */
export function BaseCanvas({ nodes, edges, map, children, ...props }: BaseCanvasProps) {
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
      fitView
      fitViewOptions={FIT}
      snapToGrid
      snapGrid={GRID}
      panOnScroll
      zoomOnDoubleClick={false}
      deleteKeyCode={null}
      selectNodesOnDrag={false}
      edgesFocusable={false}
      disableKeyboardA11y
      proOptions={PRO}
      {...props}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
      <CanvasControls />
      {map && nodes.length <= MAP_LIMIT ? (
        <MiniMap
          pannable
          zoomable
          position="bottom-left"
          className="canvas-map"
          nodeBorderRadius={24}
          ariaLabel="Map of the flow"
        />
      ) : null}
      {children}
    </ReactFlow>
  );
}

const GRID: [number, number] = [8, 8];
const PRO = { hideAttribution: true };
