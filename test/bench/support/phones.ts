/** The number of a person; none ends in 0404, which is where the simulated carrier reaches nobody. */
export const phoneOf = (person: number): string => `+1${2_000_000_001 + 10 * person}`;
