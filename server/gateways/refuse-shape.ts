import type { ZodError } from 'zod';
import type { Received } from './gateway.ts';

/**
 * Refuses a body that is not what it should be: with an example, and the place to look at. `at`: which of several it is, counted
 * from 0; undefined where one came alone.
 */
export function refuseShape(
  code: string,
  example: string,
  error: ZodError,
  at: number | undefined,
): Extract<Received, { refused: unknown }> {
  const path = [...(at === undefined ? [] : [at]), ...(error.issues[0]?.path ?? [])];
  const place = path.join('.');
  const where = place ? ` Look at "${place}".` : '';
  return {
    refused: {
      status: 400,
      code,
      message: `Send JSON such as ${example}.${where}`,
      ...(place && { place }),
    },
  };
}
