/**
 * JSON with another value at a path. Elements of an array are named by their id, or by their place. Where the path leads
 * through something that is not there, nothing changes.
 */
export function putAt(json: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(json)) {
    const named = json.findIndex((element: unknown) => idOf(element) === key);
    const at = named >= 0 ? named : /^\d+$/.test(key) ? Number(key) : -1;
    return json.map((element: unknown, n) => (n === at ? putAt(element, rest, value) : element));
  }
  if (json === null || typeof json !== 'object') return json;
  const before: unknown = Object.hasOwn(json, key) ? Reflect.get(json, key) : undefined;
  if (before === undefined && rest.length > 0) return json;
  return { ...json, [key]: putAt(before, rest, value) };
}

const idOf = (element: unknown): unknown =>
  element !== null && typeof element === 'object' ? Reflect.get(element, 'id') : undefined;
