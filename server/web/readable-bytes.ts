import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../common/problem.ts';

/**
 * Refuses a body in another encoding than UTF-8, which JSON is in [RFC 8259, 8.1]: its accents were read as replacement characters, and
 * would have been texted so.
 */
export function checkReadableBytes(request: FastifyRequest): void {
  const raw: unknown = 'rawBody' in request ? request.rawBody : undefined;
  if (!Buffer.isBuffer(raw) || isUtf8(raw)) return;
  throw Problem.badRequest(
    'body.not-utf8',
    'The body is not in UTF-8. Encode it as UTF-8, and send it again.',
  );
}
