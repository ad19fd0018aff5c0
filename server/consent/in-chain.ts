import { groupBy } from '../common/group-by.ts';
import type { StoredEntry } from './chain.ts';

/**
 * Entries, given in the order of their ids, in the order of their chains: each scope keeps its places among the others. The ids say
 * when an entry was made by its node's clock, and clocks differ or are set back. What hangs on nothing comes last in its scope.
 */
export function inChain(entries: readonly StoredEntry[]): StoredEntry[] {
  const chains = new Map([...groupBy(entries, keyOf)].map(([key, scope]) => [key, chainOf(scope).values()]));
  return entries.map((entry) => chains.get(keyOf(entry))?.next().value ?? entry);
}

/** The same for pages in which everybody's entries are together but may go on in the next page. */
export async function* pagesInChain(
  pages: AsyncIterable<readonly StoredEntry[]>,
): AsyncGenerator<StoredEntry[]> {
  let open: StoredEntry[] = [];
  for await (const page of pages) {
    const all = [...open, ...page];
    const last = all.at(-1)?.contactId;
    open = all.filter(({ contactId }) => contactId === last);
    const whole = all.slice(0, all.length - open.length);
    if (whole.length > 0) yield inChain(whole);
  }
  if (open.length > 0) yield inChain(open);
}

const keyOf = ({ contactId, scope }: StoredEntry): string => `${contactId} ${scope}`;

function chainOf(entries: readonly StoredEntry[]): readonly StoredEntry[] {
  const following = new Map<string, StoredEntry>();
  for (const entry of entries) {
    const previous = entry.previous?.toString('hex') ?? '';
    if (!following.has(previous)) following.set(previous, entry);
  }
  const chain = new Set<StoredEntry>();
  for (
    let next = following.get('');
    next && !chain.has(next);
    next = following.get(next.hash.toString('hex'))
  )
    chain.add(next);
  return [...chain, ...entries.filter((entry) => !chain.has(entry))];
}
