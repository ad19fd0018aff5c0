import type { Definition } from '#flows/definition/schema.ts';

/** How far from the first step each step stands: along the longest way there, without the lines that lead back. */
export function ranksOf({ nodes, edges, start }: Definition): ReadonlyMap<string, number> {
  const leads = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of edges) if (leads.has(to)) leads.get(from)?.push(to);
  const order = [...backwards(leads, start)].reverse();
  const place = new Map(order.map((id, at) => [id, at]));
  const ranks = new Map(order.map((id) => [id, 0]));
  for (const [at, id] of order.entries()) {
    const next = (ranks.get(id) ?? 0) + 1;
    for (const to of leads.get(id) ?? [])
      if ((place.get(to) ?? 0) > at) ranks.set(to, Math.max(ranks.get(to) ?? 0, next));
  }
  return ranks;
}

/** Every step after all that it leads to, as far as no line leads back. */
function backwards(leads: ReadonlyMap<string, readonly string[]>, start: string | null): ReadonlySet<string> {
  const seen = new Set<string>();
  const done = new Set<string>();
  const visit = (id: string) => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const to of leads.get(id) ?? []) visit(to);
    done.add(id);
  };
  if (start !== null && leads.has(start)) visit(start);
  for (const id of leads.keys()) visit(id);
  return done;
}
