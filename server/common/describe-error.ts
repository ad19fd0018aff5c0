import { fieldOf } from './errors.ts';
import { maskNumber } from './mask.ts';

const FIELDS = ['code', 'constraint', 'table', 'column', 'statusCode', 'syscall'];
/** Digits as long as a phone number, wherever an error quotes one. */
const NUMBER = /\+?\d{8,15}(?!\d)/g;

/**
 * An error as the log may show it. A failed query carries its parameters and the database quotes values: those are
 * people's words and numbers, so only fields known to be harmless are kept.
 */
export function describeError(thrown: unknown, depth = 0): unknown {
  if (typeof thrown !== 'object' || thrown === null) return masked(thrown);
  const cause = fieldOf(thrown, 'cause') ?? fieldOf(thrown, 'driverError');
  return {
    type: fieldOf(thrown, 'name'),
    message: masked(fieldOf(thrown, 'message')),
    stack: masked(fieldOf(thrown, 'stack')),
    ...Object.fromEntries(
      FIELDS.map((name) => [name, fieldOf(thrown, name)]).filter(([, value]) => value !== undefined),
    ),
    ...(cause !== undefined && depth < 3 && { cause: describeError(cause, depth + 1) }),
  };
}

function masked(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(NUMBER, maskNumber) : value;
}
