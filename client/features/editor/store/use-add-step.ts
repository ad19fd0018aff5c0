import { type Rect, useReactFlow } from '@xyflow/react';
import { type RefObject, useCallback } from 'react';
import { rectOf, useCardsRef } from '../canvas/card-places.ts';
import { isOverview } from '../canvas/far.ts';
import { addStep } from './edits.ts';
import { focusCard } from './focus-card.ts';
import { openPlace } from './open-place.ts';
import { useEditor } from './use-editor.ts';

/** The inspector, which opens for the new step, in pixels. */
const INSPECTOR = 360;
const MARGIN = 24;
/** What lies over the canvas. */
const OVER = '[data-phone], .canvas-map, .canvas-controls';

/**
 * Puts a step on the canvas, behind the chosen card or where one looks, with the keyboard on it. What is seen stays where it is; only
 * from too far away to read, `jump` goes there.
 */
export function useAddStep(
  area: RefObject<HTMLElement | null>,
  chosen: string | null,
  jump: (id: string) => void,
): (kind: string) => void {
  const editor = useEditor();
  const cards = useCardsRef();
  const { screenToFlowPosition, getZoom } = useReactFlow();
  return useCallback(
    (kind) => {
      const canvas = area.current;
      if (!canvas) return;
      const toFlow = ({ left, top, right, bottom }: Edges): Rect => {
        const { x, y } = screenToFlowPosition({ x: left, y: top }, { snapToGrid: false });
        const end = screenToFlowPosition({ x: right, y: bottom }, { snapToGrid: false });
        return { x, y, width: end.x - x, height: end.y - y };
      };
      const { left, top, right, bottom } = canvas.getBoundingClientRect();
      const opens = document.querySelector('[data-inspector]') ? 0 : INSPECTOR;
      const seen = toFlow({
        left: left + MARGIN,
        top: top + MARGIN,
        right: Math.max(right - opens, left + INSPECTOR) - MARGIN,
        bottom: bottom - MARGIN,
      });
      const over = [...canvas.querySelectorAll(OVER)].map((one) => toFlow(one.getBoundingClientRect()));
      const { definition } = editor.store.getState();
      const { at, way } = openPlace(definition, chosen, seen, [...cards.current.map(rectOf), ...over]);
      const isFar = isOverview(getZoom(), cards.current.length);
      const id = addStep(editor, kind, at, way);
      if (id) requestAnimationFrame(() => (isFar ? jump : focusCard)(id));
    },
    [area, chosen, editor, cards, jump, screenToFlowPosition, getZoom],
  );
}

type Edges = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>;
