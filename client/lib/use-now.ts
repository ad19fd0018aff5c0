import { useSyncExternalStore } from 'react';

const STEP = 30_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, STEP);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** Nothing renews the time while nobody listens: whoever reads it then does. */
function read(): number {
  if (!timer && Date.now() - now >= STEP) now = Date.now();
  return now;
}

/** The time in milliseconds, renewed every half minute for everything on the page at once. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read);
}
