/** The name we know a contact by, out of a jsonb column of fields: the field name, or firstName and lastName. */
export const contactNameSql = (fields: string): string =>
  `coalesce(nullif(${fields}->>'name', ''),
    nullif(concat_ws(' ', nullif(${fields}->>'firstName', ''), nullif(${fields}->>'lastName', '')), ''))`;
