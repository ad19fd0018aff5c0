/** A score as it is spoken of: "32", "−5". */
export const scoreWords = (score: number): string => (Math.round(score) + 0).toFixed(0).replace('-', '−');

/** How far it may be off: "12 and 41 points". */
export const betweenScores = ({ low, high }: { low: number; high: number }): string =>
  `${scoreWords(low)} and ${scoreWords(high)} points`;
