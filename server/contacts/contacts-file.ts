import type { StreamableFile } from '@nestjs/common';
import { type Cell, csvFile } from '../common/csv.ts';
import type { ContactRow } from './contact-rows.ts';

/** Contacts as a file for spreadsheets, a column for each field somebody has. */
export const contactsFile = (
  contacts: AsyncIterable<ContactRow>,
  fields: readonly string[],
): Promise<StreamableFile> =>
  csvFile(
    'contacts',
    ['phone', 'name', 'language', 'added', 'last text', 'stopped', 'lists', 'tags', ...fields],
    rows(contacts, fields),
  );

async function* rows(contacts: AsyncIterable<ContactRow>, names: readonly string[]): AsyncGenerator<Cell[]> {
  for await (const {
    phone,
    name,
    language,
    created_at,
    last_text_at,
    stopped,
    lists,
    tags,
    fields,
  } of contacts) {
    yield [
      phone,
      name,
      language,
      created_at.toISOString(),
      last_text_at?.toISOString(),
      stopped.join('; '),
      lists.map(({ key, state }) => `${key}: ${state}`).join('; '),
      tags.join(' '),
      ...names.map((field) => fields[field]),
    ];
  }
}
