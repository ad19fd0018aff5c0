const WIDTH = 108;

/** JSON as people write it: whatever fits on a line stands on one line. Ends with a line break. */
export const printJson = (value: unknown): string => `${print(value, 0)}\n`;

function print(value: unknown, indent: number): string {
  const line = inline(value);
  const isLong =
    value !== null && typeof value === 'object' && (indent === 0 || indent + line.length > WIDTH);
  if (!isLong) return line;
  const inner = ' '.repeat(indent + 2);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const items = Array.isArray(value)
    ? value.map((item) => print(item, indent + 2))
    : entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${print(item, indent + 2)}`);
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${' '.repeat(indent)}${close}`;
}

function inline(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  const members = entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const entries = (value: object) => Object.entries(value).filter(([, item]) => item !== undefined);
