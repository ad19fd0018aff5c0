const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once when a signal is aborted, at once where it is already; returns what forgets the wish. Hundreds of requests wait
 * for the same signal, and its own list of listeners is searched from its beginning for each that goes.
 */
export function whenAborted(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) {
    act();
    return () => undefined;
  }
  let acts = waiting.get(signal);
  if (!acts) {
    const all = new Set<() => void>();
    const callAll = () => {
      for (const one of all) one();
    };
    signal.addEventListener('abort', callAll, { once: true });
    waiting.set(signal, all);
    acts = all;
  }
  const mine = acts;
  mine.add(act);
  return () => void mine.delete(act);
}
