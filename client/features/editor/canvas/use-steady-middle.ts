import { useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useRef } from 'react';

/** Keeps what is in the middle in the middle when the canvas becomes lower or higher, as the drawer below it does. */
export function useSteadyMiddle(): void {
  const height = useStore((state) => state.height);
  const before = useRef(0);
  const { getViewport, setViewport } = useReactFlow();
  useEffect(() => {
    const shift = before.current === 0 ? 0 : (height - before.current) / 2;
    before.current = height;
    if (shift === 0) return;
    const { x, y, zoom } = getViewport();
    void setViewport({ x, y: y + shift, zoom });
  }, [height, getViewport, setViewport]);
}
