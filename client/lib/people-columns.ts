const PHONE = /^(phone|number|mobile|msisdn|telephone|tel)/i;
const FIELD = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/** What the columns of a file of people are. */
export interface PeopleColumns {
  /** The first row, where it names the columns. */
  titles: readonly string[] | null;
  phoneAt: number;
  /** The field that each other column can be kept in: "First name" is firstName; null where it makes no name. */
  fields: readonly (string | null)[];
}

/** Reads off the first row which column holds the numbers, and what the others are called. */
export function peopleColumns(first: readonly string[]): PeopleColumns {
  const isHead = !first.some((cell) => /^[+(\d][\d\s().-]{4,}$/.test(cell.trim()));
  if (!isHead) return { titles: null, phoneAt: 0, fields: first.map(() => null) };
  const phoneAt = Math.max(
    0,
    first.findIndex((cell) => PHONE.test(cell.trim())),
  );
  const names = first.map(fieldName);
  return {
    titles: first,
    phoneAt,
    fields: names.map((name, column) => (column !== phoneAt && FIELD.test(name) ? name : null)),
  };
}

const fieldName = (title: string): string =>
  title
    .trim()
    .replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '')
    .replace(/^./, (letter) => letter.toLowerCase());
