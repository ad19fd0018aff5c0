import type { InboundService } from './inbound.service.ts';
import type { Work, WorkResult } from './work.ts';

type Undone<One> = One extends Work ? Omit<One, 'done'> : never;

/** Hands a piece of work in and resolves when it is decided and stored. Rejects with what kept it from being so. */
export async function decided(
  inbound: Pick<InboundService, 'accept'>,
  work: Undone<Work>,
): Promise<Exclude<WorkResult, { error: Error }>> {
  const result = await new Promise<WorkResult>((done) => inbound.accept({ done, ...work }));
  if ('error' in result) throw result.error;
  return result;
}
