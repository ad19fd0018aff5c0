import type { Contact } from '#shared/api/contacts.ts';

type Fields = Contact['fields'];
type Scalar = Fields[string];

/** A field as it is edited. `kept`: it is stored already, so its name stays. */
export interface FieldRow {
  key: number;
  name: string;
  value: string;
  kept: boolean;
}

/** Stored fields as rows of a form, by name. */
export const rowsOf = (fields: Fields): FieldRow[] =>
  Object.entries(fields)
    .filter(([, value]) => value !== null)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value], key) => ({ key, name, value: String(value), kept: true }));

/** Whether flows can name the field: contact.city. */
export const isGoodName = (name: string): boolean => /^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name);

/** What has to be sent so that the stored fields become the rows: changed ones, new ones, and null for removed ones. */
export function changesOf(fields: Fields, rows: readonly FieldRow[]): Fields {
  const changes: Fields = {};
  const names = new Set<string>();
  for (const { name, value } of rows) {
    if (name === '') continue;
    names.add(name);
    const before = fields[name];
    if (before === undefined || before === null) changes[name] = value;
    else if (String(before) !== value) changes[name] = sameKind(before, value);
  }
  for (const [name, value] of Object.entries(fields))
    if (value !== null && !names.has(name)) changes[name] = null;
  return changes;
}

/** A number stays a number and a yes a yes while what is written can be read as one. */
function sameKind(before: Scalar, value: string): Scalar {
  if (typeof before === 'number' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  if (typeof before === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
