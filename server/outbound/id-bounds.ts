/** The lowest and the highest id: texts lie in parts by their ids, and PostgreSQL need not open those they cannot be in. */
export function idBounds(texts: readonly { id: string }[]): [lowest: string, highest: string] {
  let lowest = texts[0]?.id ?? '';
  let highest = lowest;
  for (const { id } of texts) {
    if (id < lowest) lowest = id;
    if (id > highest) highest = id;
  }
  return [lowest, highest];
}
