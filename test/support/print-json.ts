/** Characters a line may have, as Biome counts them. */
const WIDTH = 110;

/** JSON as Biome would write it: whatever fits on a line stands on one line. Ends with a line break. */
export const printJson = (value: unknown): string => `${print(value, 0, 0)}\n`;

/** `before`: the characters that stand on the line already, the indent and the key. */
function print(value: unknown, indent: number, before: number): string {
  const line = inline(value);
  // A comma may follow.
  const isLong =
    value !== null && typeof value === 'object' && (indent === 0 || before + line.length + 1 > WIDTH);
  if (!isLong) return line;
  const inner = ' '.repeat(indent + 2);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const items = Array.isArray(value)
    ? value.map((item) => print(item, indent + 2, indent + 2))
    : entries(value).map(([key, item]) => {
        const name = `${JSON.stringify(key)}: `;
        return name + print(item, indent + 2, indent + 2 + name.length);
      });
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${' '.repeat(indent)}${close}`;
}

function inline(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  const members = entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const entries = (value: object) => Object.entries(value).filter(([, item]) => item !== undefined);
