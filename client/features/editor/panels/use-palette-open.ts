import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useCallback, useState } from 'react';

/** In a window as narrow an unfolded palette leaves next to nothing of the canvas. */
const NARROW = '(max-width: 48em)';
/** In pixels; beside the palette there is room for the canvas and a panel. */
const ROOMY = 1_400;

/**
 * Whether the palette is unfolded: remembered, and by itself only where there is room for it. A narrow window begins folded, whatever is
 * remembered, and what is unfolded there folds again with the next window.
 */
export function usePaletteOpen(): [open: boolean, toggle: () => void] {
  const [remembered, setRemembered] = useLocalStorage({
    key: 'textloom-palette-open',
    defaultValue: window.innerWidth >= ROOMY,
    getInitialValueInEffect: false,
  });
  const [unfolded, setUnfolded] = useState(false);
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const set = isNarrow ? setUnfolded : setRemembered;
  const toggle = useCallback(() => set((open) => !open), [set]);
  return [isNarrow ? unfolded : remembered, toggle];
}
