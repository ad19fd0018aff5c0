import type { AddPeople } from '#shared/api/campaigns.ts';
import { readCsv } from '#shared/csv.ts';
import { peopleColumns } from '../../lib/people-columns.ts';

/** What a file of numbers turned out to hold. */
export interface PeopleFile {
  people: AddPeople['people'];
  /** The columns that are kept on the contacts. */
  fields: string[];
}

/** Reads CSV as spreadsheets write it: with commas, semicolons or tabs, with or without a head. */
export function readPeopleFile(text: string): PeopleFile {
  const rows = readCsv(text).map(({ cells }) => cells);
  const { titles, phoneAt, fields: kept } = peopleColumns(rows[0] ?? []);
  const people = rows.slice(titles ? 1 : 0).map((row) => {
    const fields = Object.fromEntries(
      kept.flatMap((name, column) => {
        const value = row[column]?.trim() ?? '';
        return name === null || value === '' ? [] : [[name, value.slice(0, 1_000)]];
      }),
    );
    return { phone: (row[phoneAt] ?? '').trim().slice(0, 60), fields };
  });
  return { people, fields: kept.filter((name) => name !== null) };
}
