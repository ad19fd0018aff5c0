/** What a number field holds: empty text stands for none. */
export const numberOrNull = (value: number | string): number | null => (value === '' ? null : Number(value));
