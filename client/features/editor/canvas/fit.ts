import { getViewportForBounds, type Rect, useReactFlow, type Viewport } from '@xyflow/react';
import { useCallback } from 'react';
import { boundsOf, useCardsRef } from './card-places.ts';
import { usePhoneOpen } from '../../../lib/rehearsal/use-phone-open.ts';

const ANIMATED = 150;

/** How long a movement of the canvas takes: none for people who asked for none. */
export const motion = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ANIMATED);

/** The narrowest canvas on which every drawing makes room for the phone instead of lying behind it. */
const ROOM_FOR_PHONE = 900;

/** The smallest zoom at which cards are comfortably read. */
const COMFORTABLE = 0.65;
const MARGIN = 40;
const PHONE = 336;

export interface CanvasSize {
  width: number;
  height: number;
}

const within = (bounds: Rect, { width, height }: CanvasSize, right: number): Viewport =>
  getViewportForBounds(bounds, width, height, 0.05, 1, {
    top: `${MARGIN}px`,
    bottom: `${MARGIN + 24}px`,
    left: `${MARGIN}px`,
    right: `${right}px`,
  });

/** Everything in view, beside the phone where there is room or the drawing is small. */
function everything(bounds: Rect, size: CanvasSize, phone: boolean): Viewport {
  const beside = phone ? within(bounds, size, MARGIN + PHONE) : null;
  const fits = beside !== null && (size.width >= ROOM_FOR_PHONE || beside.zoom >= COMFORTABLE);
  return fits ? beside : within(bounds, size, MARGIN);
}

/** What is seen first: everything, if it can be read then; else the beginning, in a size to read. */
export function firstView(bounds: Rect, beginning: Rect, size: CanvasSize, phone: boolean): Viewport {
  const all = everything(bounds, size, phone);
  if (all.zoom >= COMFORTABLE) return all;
  return { zoom: COMFORTABLE, x: MARGIN - beginning.x * COMFORTABLE, y: firstTop(bounds, beginning, size) };
}

/** The beginning half way down, but no empty room above or below while there is more on the other side. */
function firstTop(bounds: Rect, beginning: Rect, { height }: CanvasSize): number {
  const [above, below] = [MARGIN, height - MARGIN - 24];
  const top = bounds.y * COMFORTABLE;
  const bottom = (bounds.y + bounds.height) * COMFORTABLE;
  if (bottom - top <= below - above) return (above + below - top - bottom) / 2;
  const halfWay = height / 2 - (beginning.y + beginning.height / 2) * COMFORTABLE;
  return Math.max(below - bottom, Math.min(above - top, halfWay));
}

/** How far a card has to be shifted to be in sight, given the part of the window that is free; null where it is. */
export function shiftIntoSight(card: Rect, free: Rect): { dx: number; dy: number } | null {
  const dx = shift(card.x, card.width, free.x, free.width);
  const dy = shift(card.y, card.height, free.y, free.height);
  return dx === 0 && dy === 0 ? null : { dx, dy };
}

/** Along one axis; what is too big for the space shows its beginning. */
function shift(start: number, length: number, from: number, space: number): number {
  if (start < from || length > space) return from - start;
  return Math.min(0, from + space - (start + length));
}

/** Brings everything into view, beside the phone where that is open and there is room. Cards that were never drawn count by the size they are thought to have. */
export function useFit(): () => void {
  const { setViewport } = useReactFlow();
  const cards = useCardsRef();
  const [open] = usePhoneOpen();
  return useCallback(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = document.querySelector('.react-flow') ?? {};
    if (cards.current.length === 0) return;
    void setViewport(everything(boundsOf(cards.current), { width, height }, open), { duration: motion() });
  }, [cards, setViewport, open]);
}
