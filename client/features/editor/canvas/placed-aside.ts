import type { Definition } from '#flows/definition/schema.ts';
import { canvasNodes } from './canvas-nodes.ts';
import { rectOf } from './card-places.ts';
import { tidyAside } from './tidy-aside.ts';

/** Whether somebody has drawn a flow: programs and files may bring one whose steps stand nowhere. */
export const isDrawn = ({ nodes, layout }: Definition): boolean =>
  nodes.length === 0 || nodes.some(({ id }) => id in layout);

/** A flow with places for its cards: its own, or tidy ones where it has none. Where those cannot be found, it stays as it is. */
export async function placedAside(definition: Definition): Promise<Definition> {
  if (isDrawn(definition)) return definition;
  const cards = canvasNodes(definition, new Set(), []);
  const sizes = new Map(cards.map((card) => [card.id, rectOf(card)]));
  const layout = await tidyAside({ definition, sizes }).catch(() => ({}));
  return { ...definition, layout };
}
