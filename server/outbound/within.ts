import type { SendResult } from '../gateways/gateway.ts';

/** A gateway that never answers is taken for silent: it must not keep its room, nor a text beyond its lease. Never rejects by itself. */
export function within(milliseconds: number, sending: Promise<SendResult>): Promise<SendResult> {
  return new Promise((resolve, reject) => {
    const reason = `The gateway did not answer within ${milliseconds / 1_000} seconds.`;
    const timer = setTimeout(() => resolve({ outcome: 'retry', trouble: 'silent', reason }), milliseconds);
    sending.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (cause: unknown) => {
        clearTimeout(timer);
        reject(cause);
      },
    );
  });
}
