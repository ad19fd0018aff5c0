import { useEffect, useMemo, useRef } from 'react';
import type { CanvasEdge } from './canvas-edges.ts';
import type { CanvasNode } from './canvas-nodes.ts';
import { routedEdges } from './routed-edges.ts';

/** The lines with their ways around the cards as these stand now. */
export function useRoutedEdges(cards: readonly CanvasNode[], edges: readonly CanvasEdge[]): CanvasEdge[] {
  const before = useRef<readonly CanvasEdge[]>([]);
  const routed = useMemo(() => routedEdges(cards, edges, before.current), [cards, edges]);
  useEffect(() => {
    before.current = routed;
  }, [routed]);
  return routed;
}
