import { useReactFlow, type Viewport } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { usePhoneOpen } from '../../../lib/rehearsal/use-phone-open.ts';
import { rectOf, useCardsRef } from './card-places.ts';
import { motion, shiftIntoSight } from './fit.ts';

const MARGIN = 24;
const LAID_OUT = 40;

/** Shifts the canvas so that a chosen card is not hidden behind the inspector that opens for it, or behind the phone. */
export function useReveal(chosen: string | null, area: RefObject<HTMLElement | null>): void {
  const { getViewport, setViewport } = useReactFlow();
  const [phoneOpen] = usePhoneOpen();
  const cards = useCardsRef();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the phone that is unfolded hides what lay there
  useEffect(() => {
    if (chosen === null) return;
    const reveal = () => {
      const canvas = area.current?.getBoundingClientRect();
      const card = cards.current.find(({ id }) => id === chosen);
      if (!canvas || !card) return;
      const { x, y, zoom } = getViewport();
      const rect = rectOf(card);
      const shown = {
        x: rect.x * zoom + x,
        y: rect.y * zoom + y,
        width: rect.width * zoom,
        height: rect.height * zoom,
      };
      const phone = area.current?.querySelector('[data-phone]')?.getBoundingClientRect();
      const besidePhone = phone !== undefined && canvas.width - phone.width > shown.width + 2 * MARGIN;
      const behindPhone = besidePhone && shown.y + shown.height > phone.top - canvas.top - MARGIN;
      // In a narrow window the inspector lies over the canvas instead of beside it.
      const inspector = document.querySelector('[data-inspector]')?.getBoundingClientRect();
      const right = Math.min(
        canvas.right,
        inspector?.left ?? canvas.right,
        behindPhone ? phone.left : canvas.right,
      );
      const width = right - canvas.left - 2 * MARGIN;
      const free = { x: MARGIN, y: MARGIN, width, height: canvas.height - 2 * MARGIN };
      const shift = shiftIntoSight(shown, free);
      if (shift) void setViewport({ x: x + shift.dx, y: y + shift.dy, zoom }, { duration: motion() });
    };
    // The canvas has its new width, and a new card its place, only after both were laid out; and what moves the canvas comes first.
    const later = (before: Viewport) => {
      timer = setTimeout(() => {
        const now = getViewport();
        if (isSame(before, now)) reveal();
        else later(now);
      }, LAID_OUT);
    };
    let timer: ReturnType<typeof setTimeout>;
    later(getViewport());
    return () => clearTimeout(timer);
  }, [chosen, phoneOpen, area, cards, getViewport, setViewport]);
}

const isSame = (a: Viewport, b: Viewport): boolean => a.x === b.x && a.y === b.y && a.zoom === b.zoom;
