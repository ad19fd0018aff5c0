/** Deletes the oldest entry of a map that has grown beyond `most`. Call it after every addition. */
export function forgetOldest<Key>(kept: Map<Key, unknown>, most: number): void {
  if (kept.size <= most) return;
  for (const oldest of kept.keys()) {
    kept.delete(oldest);
    return;
  }
}
