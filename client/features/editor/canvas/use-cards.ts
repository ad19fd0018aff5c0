import { applyNodeChanges, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useState } from 'react';
import type { Definition } from '#flows/definition/schema.ts';
import { type CanvasNode, canvasNodes } from './canvas-nodes.ts';

/** The cards of a definition as React Flow works on them: it measures them and moves them while they are dragged. */
export function useCards(
  definition: Definition,
  selected: ReadonlySet<string>,
): [cards: CanvasNode[], onChange: (changes: NodeChange<CanvasNode>[]) => void] {
  const [cards, setCards] = useState<CanvasNode[]>(() => canvasNodes(definition, selected, []));
  useEffect(() => setCards((before) => canvasNodes(definition, selected, before)), [definition, selected]);
  const onChange = useCallback((changes: NodeChange<CanvasNode>[]) => {
    const own = changes.filter(({ type }) => type === 'position' || type === 'dimensions');
    if (own.length > 0) setCards((before) => measured(applyNodeChanges(own, before), own));
  }, []);
  return [cards, onChange];
}

/** A card that was measured needs its guessed handles no more; left on it, they would win over the real ones. */
function measured(cards: CanvasNode[], changes: readonly NodeChange<CanvasNode>[]): CanvasNode[] {
  const ids = new Set(changes.flatMap((change) => (change.type === 'dimensions' ? [change.id] : [])));
  if (ids.size === 0) return cards;
  return cards.map((card) => (card.handles && ids.has(card.id) ? { ...card, handles: undefined } : card));
}
