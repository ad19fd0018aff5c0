import { z } from 'zod';
import { MONTHLY_TABLES } from '../months/month.ts';

/** The file that makes a folder a backup. It is written last: a folder without it is a backup that was broken off. */
export const MANIFEST = 'backup.json';
/** Where the secret is kept in a backup, when the server keeps it in its data folder. */
export const SECRET_FILE = 'secret';

const tableSchema = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int(),
  /** Of the unpacked rows. */
  sha256: z.string(),
});

export const manifestSchema = z.object({
  format: z.literal(1),
  /** When the picture was taken: everything committed before is in it, nothing after. */
  takenAt: z.iso.datetime(),
  /** The migrations its schema has been through, oldest first. */
  migrations: z.array(z.string()),
  tables: z.array(tableSchema),
  /** The ids at which the parts of each monthly table meet, oldest first. Older backups do not say. */
  months: z.partialRecord(z.enum(MONTHLY_TABLES), z.array(z.uuid())).optional(),
});

/** What a backup holds. */
export type Manifest = z.infer<typeof manifestSchema>;
export type BackedUpTable = z.infer<typeof tableSchema>;

/** Where the rows of a table lie in a backup: COPY's text format, packed. */
export const fileOf = (table: string): string => `${table}.copy.gz`;
