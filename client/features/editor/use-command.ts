import { useEffect, useRef } from 'react';

/** Does something each time the header asks for it. */
export function useCommand(count: number, act: () => void): void {
  const done = useRef(count);
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (count === done.current) return;
    done.current = count;
    latest.current();
  }, [count]);
}
