import type { Scalar } from '#flows/engine/effects.ts';

/** The name we know a contact by: the field name, or firstName and lastName. */
export function contactName(fields: Readonly<Record<string, Scalar>>): string | null {
  const given = [fields.firstName, fields.lastName].filter(
    (part) => part !== undefined && part !== null && part !== '',
  );
  const name = fields.name ? String(fields.name) : given.join(' ');
  return name === '' ? null : name;
}

/** The same in SQL, over a jsonb column of fields. */
export const contactNameSql = (fields: string): string =>
  `coalesce(nullif(${fields}->>'name', ''),
    nullif(concat_ws(' ', nullif(${fields}->>'firstName', ''), nullif(${fields}->>'lastName', '')), ''))`;
