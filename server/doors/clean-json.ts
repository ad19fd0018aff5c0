import { clean } from '#shared/sms/text.ts';

/** Unknown fields of a gateway's body as JSON text that PostgreSQL's jsonb takes: every string and key cleaned, depth bounded. */
export function cleanJson(value: unknown): string {
  return JSON.stringify(cleaned(value, 0));
}

const DEEPEST = 20;

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return clean(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= DEEPEST) return null;
  if (Array.isArray(value)) return value.map((item: unknown) => cleaned(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [clean(key), cleaned(item, depth + 1)]),
  );
}
