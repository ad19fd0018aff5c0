/** A place in JSON: the names and numbers on the way to it. */
export type Place = readonly (string | number)[];

/** Every place in some JSON, the whole of it first. */
export function placesIn(json: unknown, place: Place = []): Place[] {
  if (json === null || typeof json !== 'object') return [place];
  const inner = Array.isArray(json) ? json.map((value, n) => [n, value] as const) : Object.entries(json);
  return [place, ...inner.flatMap(([key, value]) => placesIn(value, [...place, key]))];
}

/** The JSON with something else in a place. */
export function withValue(json: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(json)) return json.map((item, n) => (n === key ? withValue(item, rest, value) : item));
  return { ...Object(json), [key]: withValue(Reflect.get(Object(json), key), rest, value) };
}
