/** How often all comparisons of a test together may be wrong, however often somebody looks. */
export const ALPHA = 0.05;

/** How often a test that was planned for a difference tells it where it is there: 4 times in 5. */
export const POWER = 0.8;

/** Where the always-valid intervals are tightest, in people over two versions. Fixed: choosing it after looking would be cheating. */
export const PLANNED_EXPOSURES = 4_000;

/** The same for the scores of a survey, which fewer people give. */
export const PLANNED_SCORES = 1_000;
