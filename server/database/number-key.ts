import { createHmac } from 'node:crypto';

/** The key under which numbers of erased people are kept as prints. It goes with each connection and is never stored. */
export const numberKey = (secret: string): string =>
  createHmac('sha256', secret).update('textloom numbers').digest('hex');
