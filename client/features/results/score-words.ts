/** A score as it is spoken of: "32", "−5". */
export const scoreWords = (score: number): string => (Math.round(score) + 0).toFixed(0).replace('-', '−');
