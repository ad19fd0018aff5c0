/** The code that Node, the database's driver or a library gave an error: `ENOENT`, `40P01`. Asked of anything thrown. */
export function codeOf(thrown: unknown): string | undefined {
  const code = fieldOf(thrown, 'code');
  return typeof code === 'string' ? code : undefined;
}

/** A sentence about anything thrown. */
export function messageOf(thrown: unknown): string {
  const message = fieldOf(thrown, 'message');
  return typeof message === 'string' ? message : String(thrown);
}

/** Any field of anything thrown; undefined when there is none. Errors of another realm are no instance of our Error. */
export function fieldOf(thrown: unknown, name: string): unknown {
  return typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, name) : undefined;
}
