import { z } from 'zod';
import type { Anchor } from './ledger.repository.ts';

/** The seal of a day as somebody wrote it down elsewhere, where whoever can write the database cannot. */
export interface KeptSeal {
  workspaceId: string;
  /** Of the calendar, in UTC. */
  day: string;
  /** How many entries the ledger had of that day. */
  entries: number;
  /** In hexadecimal. */
  hash: string;
  /** Where it stands in its file. */
  line: number;
}

const lineSchema = z.tuple([
  z.uuid().toLowerCase(),
  z.iso.date(),
  z.string().regex(/^\d{1,9}$/),
  z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/),
]);

/** A seal as a line to keep: the workspace, the day, its number of entries and the hash. */
export const sealLine = (workspaceId: string, { day, entries, hash }: Anchor): string =>
  `${workspaceId} ${day} ${entries} ${hash.toString('hex')}`;

/** Reads such lines. Empty ones and those that begin with # say nothing. Throws a sentence with the first line that is no seal. */
export function readKeptSeals(text: string, file: string): KeptSeal[] {
  const kept = text.split(/\r?\n/).flatMap((written, at): KeptSeal[] => {
    const words = written.trim();
    if (words === '' || words.startsWith('#')) return [];
    const read = lineSchema.safeParse(words.split(/\s+/));
    if (!read.success)
      throw new Error(
        `Line ${at + 1} of ${file} is no seal: a workspace, a day, a number of entries and a hash, as “consent seals” writes them.`,
      );
    const [workspaceId, day, entries, hash] = read.data;
    return [{ workspaceId, day, entries: Number(entries), hash, line: at + 1 }];
  });
  if (kept.length === 0) throw new Error(`There is no seal in ${file}.`);
  return kept;
}

/** Whether a day is sealed now as it was then. */
export const isStill = ({ entries, hash }: KeptSeal, anchor: Anchor | undefined): boolean =>
  anchor !== undefined && anchor.entries === entries && anchor.hash.toString('hex') === hash;
