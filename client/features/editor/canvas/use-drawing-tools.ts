import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { useCallback } from 'react';
import { notifyError } from '../../../lib/notify.tsx';
import { useEditor } from '../store/use-editor.ts';
import { rectOf, useCardsRef } from './card-places.ts';
import { useFit } from './fit.ts';
import { tidyAside } from './tidy-aside.ts';

/** What header and keys do with the drawing as a whole, and what is open beside it. */
export interface DrawingTools {
  tidyUp: () => void;
  /** Brings everything into view once an edit is on the canvas; what it returns calls that off. */
  showAll: () => () => void;
  isFinding: boolean;
  find: () => void;
  endFind: () => void;
  hasMap: boolean;
  toggleMap: () => void;
  hasShortcuts: boolean;
  openShortcuts: () => void;
  closeShortcuts: () => void;
}

/** After this many milliseconds an edit is on the canvas, and measured. */
const DRAWN = 60;

/** The tools of the open drawing. */
export function useDrawingTools(): DrawingTools {
  const editor = useEditor();
  const fit = useFit();
  const cards = useCardsRef();
  const [isFinding, { open: find, close: endFind }] = useDisclosure();
  const [hasShortcuts, { open: openShortcuts, close: closeShortcuts }] = useDisclosure();
  const [hasMap, setMap] = useLocalStorage({
    key: 'textloom-map-open',
    defaultValue: window.innerWidth >= 1_200,
  });
  const showAll = useCallback(() => {
    const timer = setTimeout(fit, DRAWN);
    return () => clearTimeout(timer);
  }, [fit]);
  return {
    tidyUp() {
      const { definition } = editor.store.getState();
      const sizes = new Map(cards.current.map((card) => [card.id, rectOf(card)]));
      tidyAside({ definition, sizes })
        .then((to) => {
          editor.edit('Tidy up', [{ do: 'move-nodes', to }]);
          showAll();
        })
        .catch(notifyError);
    },
    showAll,
    isFinding,
    find,
    endFind,
    hasMap,
    toggleMap: () => setMap(!hasMap),
    hasShortcuts,
    openShortcuts,
    closeShortcuts,
  };
}
