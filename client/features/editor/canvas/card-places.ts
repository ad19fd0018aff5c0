import type { Rect } from '@xyflow/react';
import { createContext, type RefObject, use } from 'react';
import { CARD } from './card-size.ts';
import type { CanvasNode } from './canvas-nodes.ts';

/** Where a card is and how big, measured or, until it was drawn, as it is thought to be. */
export function rectOf({ position, measured, initialWidth, initialHeight }: CanvasNode): Rect {
  return {
    ...position,
    width: measured?.width ?? initialWidth ?? CARD.width,
    height: measured?.height ?? initialHeight ?? 0,
  };
}

/** The card that lies at a point of the canvas. */
export const cardAt = (
  cards: readonly CanvasNode[],
  point: { x: number; y: number },
): CanvasNode | undefined =>
  cards.find((card) => {
    const { x, y, width, height } = rectOf(card);
    return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
  });

/** The box around cards. */
export function boundsOf(cards: readonly CanvasNode[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const card of cards) {
    const { x, y, width, height } = rectOf(card);
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return cards.length === 0
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Every card of the canvas, those out of sight and those only painted too, for whoever has to find one. */
export const CardsContext = createContext<RefObject<readonly CanvasNode[]>>({ current: [] });

export const useCardsRef = (): RefObject<readonly CanvasNode[]> => use(CardsContext);
