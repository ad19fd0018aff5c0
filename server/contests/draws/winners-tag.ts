/** The tag that the winners of a contest carry, so that a campaign can tell them. */
export const winnersTag = (contest: string): string => `won-${contest}`.slice(0, 40).replace(/-+$/, '');
