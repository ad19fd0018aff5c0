import { createHash, randomBytes } from 'node:crypto';

/** A seed for a draw that is still to come: 64 hex digits. */
export const newSeed = (): string => randomBytes(32).toString('hex');

/** What is shown of a seed before its draw: nobody can make another seed that fits it. */
export const sealOf = (seed: string): string => createHash('sha256').update(seed).digest('hex');
