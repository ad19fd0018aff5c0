import { ReactFlowProvider } from '@xyflow/react';
import { useMemo } from 'react';
import type { Definition } from '#flows/definition/schema.ts';
import { BaseCanvas } from './base-canvas.tsx';
import { canvasEdges } from './canvas-edges.ts';
import { createOverlay, OverlayContext, type OverlayStore } from './overlay.ts';
import { useCards } from './use-cards.ts';

const NONE: ReadonlySet<string> = new Set();

export interface ReadonlyCanvasProps {
  definition: Definition;
  /** What lies over it, such as traffic. */
  overlay?: OverlayStore;
  children?: React.ReactNode;
}

/** A drawing to look at: nothing can be moved or changed. */
export function ReadonlyCanvas({ definition, overlay, children }: ReadonlyCanvasProps) {
  const own = useMemo(createOverlay, []);
  const [nodes, onNodesChange] = useCards(definition, NONE);
  const edges = useMemo(() => canvasEdges(definition, NONE, []), [definition]);
  return (
    <OverlayContext value={overlay ?? own}>
      <ReactFlowProvider>
        <BaseCanvas
          nodes={nodes}
          edges={edges}
          map
          onNodesChange={onNodesChange}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable={false}
          edgesReconnectable={false}
        >
          {children}
        </BaseCanvas>
      </ReactFlowProvider>
    </OverlayContext>
  );
}
