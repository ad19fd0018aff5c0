import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import { rectOf, useCardsRef } from '../canvas/card-places.ts';
import { motion } from '../canvas/fit.ts';
import type { Editor } from './editor.ts';
import { focusCard } from './focus-card.ts';

/** A card that is gone to is shown at least this big. */
const LEGIBLE = 0.7;

/** The ways to a card: `show` chooses it and brings it into the middle, `jump` puts the keyboard on it as well. */
export function useShowCard(editor: Editor) {
  const { setCenter, getZoom } = useReactFlow();
  const cards = useCardsRef();
  const show = useCallback(
    (card: string) => {
      editor.select([card]);
      const there = cards.current.find(({ id }) => id === card);
      if (!there) return;
      const { x, y, width, height } = rectOf(there);
      void setCenter(x + width / 2, y + height / 2, {
        zoom: Math.max(getZoom(), LEGIBLE),
        duration: motion(),
      });
    },
    [editor, cards, setCenter, getZoom],
  );
  const jump = useCallback(
    (card: string) => {
      show(card);
      focusCard(card);
    },
    [show],
  );
  return { show, jump };
}
