/** Adds a value to those of a query and returns its place holder. */
export const bind = (values: unknown[], value: unknown): string => `$${values.push(value)}`;
