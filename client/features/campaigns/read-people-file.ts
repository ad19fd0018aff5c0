import type { AddPeople } from '#shared/api/campaigns.ts';
import { readCsv } from '#shared/csv.ts';

/** What a file of numbers turned out to hold. */
export interface PeopleFile {
  people: AddPeople['people'];
  /** The columns that are kept on the contacts. */
  fields: string[];
}

const PHONE = /^(phone|number|mobile|msisdn|telephone|tel)/i;
const FIELD = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/** Reads CSV as spreadsheets write it: with commas, semicolons or tabs, with or without a head. */
export function readPeopleFile(text: string): PeopleFile {
  const rows = readCsv(text).map(({ cells }) => cells);
  const [first = []] = rows;
  const hasHead = !first.some((cell) => /^[+(\d][\d\s().-]{4,}$/.test(cell.trim()));
  const head = hasHead ? first.map(fieldName) : [];
  const at = hasHead
    ? Math.max(
        0,
        first.findIndex((cell) => PHONE.test(cell.trim())),
      )
    : 0;
  const kept = head.map((name, column) => (column !== at && FIELD.test(name) ? name : null));
  const people = rows.slice(hasHead ? 1 : 0).map((row) => {
    const fields = Object.fromEntries(
      kept.flatMap((name, column) => {
        const value = row[column]?.trim() ?? '';
        return name === null || value === '' ? [] : [[name, value.slice(0, 1_000)]];
      }),
    );
    return { phone: (row[at] ?? '').trim().slice(0, 60), fields };
  });
  return { people, fields: kept.filter((name) => name !== null) };
}

/** "First name" → firstName. */
const fieldName = (title: string): string =>
  title
    .trim()
    .replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '')
    .replace(/^./, (letter) => letter.toLowerCase());
