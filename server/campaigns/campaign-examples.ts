import type { CampaignExample } from '#shared/api/campaigns.ts';
import type { ContactRow } from '../runtime/read-facts.ts';
import type { Rehearsed } from '../orders/rehearsals.ts';

/** More would be leafed through by nobody. */
const MOST = 5;

/**
 * Some of those who would get something, with what they would read: first one for each way through the flow and each language, then
 * others whose words differ, by a name for instance.
 */
export function examplesOf(
  people: readonly ContactRow[],
  rehearsed: readonly Rehearsed[],
): CampaignExample[] {
  const readers = people.flatMap((person, at) => {
    const texts = rehearsed[at]?.texts ?? [];
    return texts.length === 0 ? [] : [{ person, texts }];
  });
  const ways = firstOfEach(readers, ({ person, texts }) =>
    JSON.stringify([person.language, ...texts.map(({ node }) => node)]),
  );
  const words = firstOfEach([...ways, ...readers], ({ texts }) =>
    JSON.stringify(texts.map(({ text }) => text)),
  );
  return words.slice(0, MOST).map(({ person: { phone, fields }, texts }) => ({
    phone,
    name: typeof fields.name === 'string' && fields.name !== '' ? fields.name : null,
    texts: texts.map(({ text }) => text),
  }));
}

function firstOfEach<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const first = new Map<string, Item>();
  for (const item of items) {
    const key = keyOf(item);
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}
