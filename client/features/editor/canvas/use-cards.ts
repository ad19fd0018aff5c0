import { applyNodeChanges, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import type { Definition } from '#flows/definition/schema.ts';
import { type CanvasNode, canvasNodes, withMeasuredHandles } from './canvas-nodes.ts';
import { useCardsRef } from './card-places.ts';

/** The cards of a definition as React Flow works on them: it measures them and moves them while they are dragged. */
export function useCards(
  definition: Definition,
  selected: ReadonlySet<string>,
): [cards: CanvasNode[], onChange: (changes: NodeChange<CanvasNode>[]) => void] {
  const [cards, setCards] = useState<CanvasNode[]>(() => canvasNodes(definition, selected, []));
  useEffect(() => setCards((before) => canvasNodes(definition, selected, before)), [definition, selected]);
  const known = useCardsRef();
  useLayoutEffect(() => {
    known.current = cards;
  }, [known, cards]);
  const onChange = useCallback((changes: NodeChange<CanvasNode>[]) => {
    const own = changes.filter(({ type }) => type === 'position' || type === 'dimensions');
    if (own.length > 0) setCards((before) => measured(applyNodeChanges(own, before), own));
  }, []);
  return [cards, onChange];
}

/** Cards that were just measured have their handles where they really are. */
function measured(cards: CanvasNode[], changes: readonly NodeChange<CanvasNode>[]): CanvasNode[] {
  const ids = new Set(changes.flatMap((change) => (change.type === 'dimensions' ? [change.id] : [])));
  return ids.size === 0 ? cards : cards.map((card) => (ids.has(card.id) ? withMeasuredHandles(card) : card));
}
