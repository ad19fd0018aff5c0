import type { Scalar, TransactionRequest } from '#flows/engine/effects.ts';
import type { WorkspaceWorld } from '../world-cache.ts';

/** A request of one decision that must be settled before the transaction commits. */
export interface OpenRequest<Request extends TransactionRequest = TransactionRequest> {
  request: Request;
  world: WorkspaceWorld;
  contactId: string;
  phone: string;
  fields: Readonly<Record<string, Scalar>>;
  at: number;
}

/** Someone's wish to take part in a contest. */
export type ContestEntry = OpenRequest<Extract<TransactionRequest, { kind: 'enter-contest' }>>;
/** Someone's wish for a voucher. */
export type VoucherClaim = OpenRequest<Extract<TransactionRequest, { kind: 'claim-voucher' }>>;
/** A look at the clock. */
export type WindowCheck = OpenRequest<Extract<TransactionRequest, { kind: 'window' }>>;
