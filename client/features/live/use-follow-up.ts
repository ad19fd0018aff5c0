import { useEffect, useRef } from 'react';

/** What moves people is counted a moment later. */
const SETTLES_MS = 1_500;
/** Counting is dear while a million people text: it is done so often at most, in milliseconds. */
const AT_MOST_EVERY_MS = 20_000;

/** Does `act` a moment after `what` has become another, and not again too soon. */
export function useFollowUp(what: unknown, act: () => void): void {
  const known = useRef(what);
  const last = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (what === known.current) return;
    known.current = what;
    if (timer.current !== undefined) return;
    const wait = Math.max(SETTLES_MS, last.current + AT_MOST_EVERY_MS - Date.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      last.current = Date.now();
      act();
    }, wait);
  }, [what, act]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
