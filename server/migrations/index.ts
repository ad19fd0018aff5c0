import type { MigrationInterface } from 'typeorm';

/** Every migration, oldest first. A released one is never edited. */
export const migrations: readonly (new () => MigrationInterface)[] = [];
