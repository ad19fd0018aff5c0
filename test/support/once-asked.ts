/** The same Ctrl+C may come from the terminal, from npm and from our script: only later is it somebody who won't wait. */
const SAME_MS = 1_000;

/** Aborts when this process is asked to end, so that it ends what it started first; asked again it ends at once. */
export function onceAsked(say: (sentence: string) => void = console.error): AbortSignal {
  const asked = new AbortController();
  let first: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      const now = performance.now();
      if (first !== undefined && now - first > SAME_MS) process.exit(130);
      if (first === undefined) say(`${signal}: ending what was started …`);
      first ??= now;
      asked.abort();
    });
  return asked.signal;
}
