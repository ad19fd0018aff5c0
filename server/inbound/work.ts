import type { Accepted } from '#shared/api/inbound.ts';
import type { TextPart } from '../gateways/gateway.ts';
import type { Happening } from '#flows/engine/world.ts';
import type { Actor } from '../runtime/scene.ts';

/** What every piece of work on a contact has. Times are milliseconds since 1970. */
interface WorkBase {
  workspaceId: string;
  /** E.164; for a `from` that is no phone number, what the gateway gave. Orders the work of one contact. */
  phone: string;
  at: number;
  /** Called once, after the commit or when the work could not be stored. */
  done: (result: WorkResult) => void;
}

/** An inbound text. It is stored whatever becomes of it. */
export interface TextWork extends WorkBase {
  kind: 'text';
  id: string;
  gatewayId: string;
  from: string;
  to: string;
  text: string;
  /** Whether `from` is a phone number. */
  reachable: boolean;
  gatewayMessageId: string | null;
  extra: string | null;
  /** Addresses of the pictures and other files that came along. */
  media?: readonly string[];
  /** Where it is but a part of a longer text; `text` is the part's. */
  part?: TextPart;
  /** Its row is there already: it was set aside, or waited in the backlog. */
  stored?: true;
  /** When it was texted, where it was set aside and is read only now. */
  saidAt?: number;
  /** Its place in the backlog, where it waited. */
  backlog?: BacklogPlace;
}

/** Where a pending text stands in its contact's backlog; `seq` is a bigint in digits. */
export interface BacklogPlace {
  contactId: string;
  seq: string;
}

/** Something that happens to a contact's run on one of our senders: a wake-up, a delivery, an order from the API. */
export interface RunWork extends WorkBase {
  kind: 'run';
  senderId: string;
  happening: Exclude<Happening, { kind: 'message' }>;
  /** Who of ours wants it, for the consent ledger. */
  actor?: Actor;
  /** The order that it fulfils: decided once, and what came of it stands beside it. */
  orderId?: string;
}

export type Work = TextWork | RunWork;

/**
 * What became of a piece of work. `moved`: how many runs it changed, where that was work on runs. `heard`: the runs that have heard of
 * an event all the same, which is to be told to the others.
 */
export type WorkResult =
  | { stored: Accepted; moved?: number }
  | { error: Error; moved?: number; heard?: readonly string[] };

/** The order in which one contact's work is decided is the order within its key. */
export const keyOf = (work: Work): string => `${work.workspaceId} ${work.phone}`;
