import { ReactFlowProvider } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import type { Definition } from '#flows/definition/schema.ts';
import { BaseCanvas } from './base-canvas.tsx';
import { canvasEdges } from './canvas-edges.ts';
import type { CanvasNode } from './canvas-nodes.ts';
import { CardsContext } from './card-places.ts';
import { createOverlay, OverlayContext, type OverlayStore } from './overlay.ts';
import { Placed } from './placed.tsx';
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
  const cards = useRef<readonly CanvasNode[]>([]);
  return (
    <OverlayContext value={overlay ?? own}>
      <CardsContext value={cards}>
        <ReactFlowProvider>
          <Placed definition={definition}>
            {(placed) => <Drawing definition={placed}>{children}</Drawing>}
          </Placed>
        </ReactFlowProvider>
      </CardsContext>
    </OverlayContext>
  );
}

function Drawing({ definition, children }: { definition: Definition; children: React.ReactNode }) {
  const [nodes, onNodesChange] = useCards(definition, NONE);
  const edges = useMemo(() => canvasEdges(definition, NONE, []), [definition]);
  return (
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
  );
}
