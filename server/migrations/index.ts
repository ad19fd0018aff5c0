import type { MigrationInterface } from 'typeorm';
import { FirstSchema1763000000001 } from './0001-first-schema.ts';
import { Installation1763000000002 } from './0002-installation.ts';

/** Every migration, oldest first. A released one is never edited. */
export const migrations: readonly (new () => MigrationInterface)[] = [
  FirstSchema1763000000001,
  Installation1763000000002,
];
