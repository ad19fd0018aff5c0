const started = new Set<() => Promise<void>>();

/** Keeps in mind how to end something that was started. Returns the same way to end it, which works once. */
export function endingOf(end: () => Promise<void>): () => Promise<void> {
  const once = async (): Promise<void> => {
    if (started.delete(once)) await end();
  };
  started.add(once);
  return once;
}

/** Ends what was started and still runs, the youngest first: somebody does not want to wait for the figures. */
export async function endAll(): Promise<void> {
  for (const end of [...started].reverse()) await end().catch((error: unknown) => console.error(error));
}
