/** Frames to wait for a card that comes into sight: a second at least. */
const PATIENCE = 60;

/**
 * Moves the keyboard's focus to a card as soon as it is drawn, however the canvas gets there: a movement that gives way to the next
 * one never says that it has ended. The last card asked for gets the focus.
 */
export function focusCard(id: string): void {
  const mine = ++asked;
  const look = (left: number) => {
    if (mine !== asked) return;
    const card = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
    if (card) card.focus({ preventScroll: true });
    else if (left > 0) requestAnimationFrame(() => look(left - 1));
  };
  requestAnimationFrame(() => look(PATIENCE));
}

let asked = 0;
