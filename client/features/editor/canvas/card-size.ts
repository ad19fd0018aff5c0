import type { Port } from '#flows/engine/node-kind.ts';

/** Measures of a card in pixels, shared with card.module.css. */
export const CARD = { width: 280, head: 44, port: 30, padding: 12, line: 20, bubble: 12, border: 2 } as const;

const CHARACTERS_A_LINE = 34;
const MOST_LINES = 3;

/** About how high a card will be, for cards that were never drawn; drawn ones are measured. */
export function cardHeight(text: string | null, ports: number): number {
  const lines =
    text === null ? 1 : Math.min(MOST_LINES, Math.max(1, Math.ceil(text.length / CHARACTERS_A_LINE)));
  return CARD.head + lines * CARD.line + CARD.bubble + CARD.padding + ports * CARD.port + CARD.border;
}

/** The rows a card shows: what must lead somewhere, and of the rest what does or, while the card is selected, could. */
export const shownPorts = (
  ports: readonly Port[],
  connected: ReadonlySet<string>,
  all: boolean,
): readonly Port[] => (all ? ports : ports.filter((port) => port.required || connected.has(port.id)));
