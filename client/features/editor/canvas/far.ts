/** Below this zoom nobody can read a card. */
const READABLE = 0.4;
/** With fewer cards than this the browser shows them all without effort. */
const MANY = 120;

/** Whether cards are better painted than built: there are many, seen from too far away to read. */
export const isOverview = (zoom: number, cards: number): boolean => zoom < READABLE && cards >= MANY;
