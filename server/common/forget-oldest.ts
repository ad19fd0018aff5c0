/** Lets go of what was kept the longest ago where more is kept than that; call it after every addition. */
export function forgetOldest<Key>(kept: Map<Key, unknown>, most: number): void {
  if (kept.size <= most) return;
  for (const oldest of kept.keys()) {
    kept.delete(oldest);
    return;
  }
}
