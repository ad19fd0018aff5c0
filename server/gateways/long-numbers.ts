import type { GatewayRequest } from './gateway.ts';

/** The body of a request. Where the id of something in it is a number too long for a double it is read again, see `parseExactly`. */
export function exactBody({ body, rawBody }: GatewayRequest): unknown {
  const isInexact = Array.isArray(body) ? body.some(hasLongId) : hasLongId(body);
  return isInexact && rawBody.length > 0 ? parseExactly(rawBody.toString()) : body;
}

/** Whether it has an id that is a number, whose last digits are lost: ids of 64 bits are told apart by these. */
export const hasLongId = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'id' in value && isTooLong(value.id);

/** Reads JSON, with numbers that are too long for doubles as strings of their digits. */
export const parseExactly = (json: string): unknown =>
  JSON.parse(json.replace(STRING_OR_NUMBER, (token) => (isTooLong(Number(token)) ? `"${token}"` : token)));

/** Strings are met whole, so that digits in them are none of a number. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

const isTooLong = (value: unknown): boolean =>
  typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
