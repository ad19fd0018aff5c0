import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { motion, shiftIntoSight } from './fit.ts';

const MARGIN = 24;

/** Shifts the canvas so that a chosen card is not hidden behind the inspector that opens for it, or behind the phone. */
export function useReveal(chosen: string | null, area: RefObject<HTMLElement | null>): void {
  const { getViewport, setViewport } = useReactFlow();
  useEffect(() => {
    if (chosen === null) return;
    // The canvas has its new width only after the inspector was laid out.
    const frame = requestAnimationFrame(() => {
      const canvas = area.current?.getBoundingClientRect();
      const card = area.current
        ?.querySelector(`.react-flow__node[data-id="${CSS.escape(chosen)}"]`)
        ?.getBoundingClientRect();
      if (!canvas || !card) return;
      const phone = area.current?.querySelector('[data-phone]')?.getBoundingClientRect();
      const behindPhone =
        phone !== undefined &&
        card.bottom > phone.top - MARGIN &&
        canvas.width - phone.width > card.width + 2 * MARGIN;
      const right = behindPhone ? phone.left : canvas.right;
      const free = {
        x: canvas.left + MARGIN,
        y: canvas.top + MARGIN,
        width: right - canvas.left - 2 * MARGIN,
        height: canvas.height - 2 * MARGIN,
      };
      const shift = shiftIntoSight(card, free);
      if (!shift) return;
      const { x, y, zoom } = getViewport();
      void setViewport({ x: x + shift.dx, y: y + shift.dy, zoom }, { duration: motion() });
    });
    return () => cancelAnimationFrame(frame);
  }, [chosen, area, getViewport, setViewport]);
}
