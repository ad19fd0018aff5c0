import type { MigrationInterface } from 'typeorm';
import { FirstSchema1763000000001 } from './0001-first-schema.ts';

/** Every migration, oldest first. A released one is never edited. */
export const migrations: readonly (new () => MigrationInterface)[] = [FirstSchema1763000000001];
