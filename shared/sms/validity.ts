/** How long a text is worth sending, in minutes from when it was queued, by what it is for: late, it only confuses people. */
export const VALIDITY_MINUTES = {
  code: 10,
  reply: 24 * 60,
  service: 2 * 24 * 60,
  marketing: 3 * 24 * 60,
  legal: 7 * 24 * 60,
} as const;
