import { slugSchema } from '#shared/api/common.ts';
import type { ImportProblem, ImportRow } from '#shared/api/contact-imports.ts';
import { FIELD_NAME } from '#shared/api/contacts.ts';
import { readLanguage } from '#shared/languages.ts';
import { parsePhone } from '#shared/sms/phone.ts';
import { NO_PHONE } from '../../common/read-phone.ts';
import { Turn } from '../../common/turn.ts';

/** A person of a file, as they will be stored. */
export interface Imported {
  /** E.164. */
  phone: string;
  language: string | null;
  tags: string[];
  fields: Readonly<Record<string, string>>;
}

const MOST_FIELDS = 100;
const MOST_TAGS = 50;
const LONGEST = 1_000;

/**
 * Reads rows of a file: the people by number, the first row of each, and what is wrong with the rows that are left out. In turns, for
 * texts do not wait for files.
 */
export async function readImport(
  rows: readonly ImportRow[],
  country: string | undefined,
): Promise<{ people: Imported[]; repeated: number; problems: ImportProblem[] }> {
  const turn = new Turn();
  const people = new Map<string, Imported>();
  const problems: ImportProblem[] = [];
  let repeated = 0;
  for (const [index, row] of rows.entries()) {
    const read = readRow(row, country);
    if ('problem' in read) problems.push({ row: index, ...read });
    else if (people.has(read.phone)) repeated++;
    else people.set(read.phone, read);
    if (turn.isOver) await turn.next();
  }
  return { people: [...people.values()], repeated, problems };
}

function readRow(row: ImportRow, country: string | undefined): Imported | Omit<ImportProblem, 'row'> {
  const phone = parsePhone(row.phone, country)?.e164;
  if (phone === undefined)
    return {
      column: 'phone',
      problem: row.phone.trim() === '' ? 'There is no phone number.' : NO_PHONE,
    };
  const written = row.language?.trim() ?? '';
  const language = written === '' ? null : readLanguage(written);
  if (written !== '' && (language === null || language.length > 12))
    return { column: 'language', problem: 'There is no such language. Write en, pt-BR or French.' };
  const tags = [...new Set((row.tags ?? '').split(/[\s,;]+/).filter(Boolean))].map((tag) =>
    tag.toLowerCase(),
  );
  const wrongTag = tags.find((tag) => !slugSchema.safeParse(tag).success);
  if (wrongTag !== undefined)
    return { column: 'tags', problem: `“${wrongTag}” is no tag. Use letters, digits and dashes.` };
  if (tags.length > MOST_TAGS) return { column: 'tags', problem: `At most ${MOST_TAGS} tags.` };
  const fields = Object.entries(row.fields ?? {});
  for (const [name, value] of fields) {
    if (!FIELD_NAME.test(name))
      return { column: `fields.${name}`, problem: 'This is no name of a field. Use letters, digits and _.' };
    if (value.length > LONGEST)
      return {
        column: `fields.${name}`,
        problem: `This is longer than ${LONGEST.toLocaleString('en')} characters.`,
      };
  }
  if (fields.length > MOST_FIELDS) return { column: 'fields', problem: `At most ${MOST_FIELDS} fields.` };
  return { phone, language, tags: [...new Set(tags)], fields: row.fields ?? {} };
}
