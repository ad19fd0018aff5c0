/** Below this zoom nobody can read a card, so only its outline, icon and title are drawn. */
const READABLE = 0.42;

/** Whether the canvas is seen from too far away to read; a selector for React Flow's store. */
export const isFar = ({ transform }: { transform: [number, number, number] }): boolean =>
  transform[2] < READABLE;
