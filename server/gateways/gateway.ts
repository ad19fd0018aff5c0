import type { GatewayKind, GatewayTrouble } from '#shared/api/gateways.ts';
import type { Accepted } from '#shared/api/inbound.ts';

/** What a gateway's account says about itself; `config` is read by the gateway's own schema. */
export interface GatewayAccount {
  id: string;
  workspaceId: string;
  kind: string;
  config: Readonly<Record<string, unknown>>;
}

/** A request at a gateway's door, free of any web framework. Header names are lower-case. */
export interface GatewayRequest {
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  query: Readonly<Record<string, unknown>>;
  body: unknown;
  rawBody: Buffer;
  /** Milliseconds since 1970, for signatures that carry a time. */
  now: number;
}

/** An inbound text as the gateway gave it. `id` is the gateway's own, null where it has none; repeats cannot be told then. */
export interface ReceivedText {
  from: string;
  to: string;
  text: string;
  id: string | null;
  /** Fields we do not know, kept raw. */
  extra: Readonly<Record<string, unknown>> | null;
  /** Addresses of the pictures and other files that came along. */
  media?: readonly string[];
  /** Where it is but a part of a longer text. */
  part?: TextPart;
}

/**
 * A part of a text that the network cut into several. `number` counts from 1 to `total`; `text` is as it came, because a part may end
 * within a character.
 */
export interface TextPart {
  reference: string;
  number: number;
  total: number;
  text: string;
}

/** The texts of a request, or why it is refused: a bad signature (401, 403), unparsable syntax at some place (400), or too many (413). */
export type Received =
  | { texts: ReceivedText[] }
  | { refused: { status: 400 | 401 | 403 | 413; code: string; message: string; place?: string } };

/** What goes back to the gateway once everything is stored. */
export interface GatewayAnswer {
  status: number;
  contentType: string;
  body: string;
}

/**
 * One text to send. `id` is ours; `key` is the idempotency key, the same for every attempt: the id, and another one where somebody
 * sends again by hand what the far end had taken once and not delivered.
 */
export interface OutboundText {
  id: string;
  key: string;
  to: string;
  from: string;
  text: string;
}

/**
 * What kept a text from being sent now. `throttled`: the far end asks for patience; `unavailable`: it answered, but is out of
 * order; `unreachable`: the request surely never arrived; `silent`: it may have arrived, but nobody answered; `refused`: it takes
 * nothing from this account, whose key was changed or revoked, or which has to be paid for.
 */
export type Trouble = GatewayTrouble;

/**
 * How a send ended. `retry`: the far end may take it later, not before `afterMs`; `failed`: it never will, `blocked` because the
 * gateway's own list says that the person has stopped this sender.
 */
export type SendResult =
  | { outcome: 'sent' | 'delivered'; gatewayMessageId: string | null }
  | { outcome: 'retry'; trouble: Trouble; reason: string; afterMs?: number }
  | { outcome: 'failed'; reason: string; blocked?: boolean };

/**
 * A delivery report. `accepted` is intermediate; `delivered` and `failed` are final; `unknown` is what the carrier calls so. It is
 * about the text with the gateway's id or, where the gateway gives it back, ours.
 */
export interface Receipt {
  gatewayMessageId: string | null;
  messageId: string | null;
  status: 'accepted' | 'delivered' | 'failed' | 'unknown';
  /** The carrier's code and words. */
  detail: string | null;
  /** By the carrier's clock, in milliseconds since 1970. */
  at: number | null;
  /** Whether the carrier says that the person has stopped this sender. */
  blocked: boolean;
  /** The network the person is in, its country and network code in digits [ITU-T E.212], where the carrier says so. */
  network: string | null;
}

/** The reports of a request, or why it is refused. */
export type ReceivedReceipts = { receipts: Receipt[] } | Extract<Received, { refused: unknown }>;

/** The port to a carrier or aggregator: one folder each, ignorant of the web server and the database. */
export interface Gateway {
  kind: GatewayKind;
  methods: readonly ('GET' | 'POST')[];
  /** Whether the gateway or its network answers STOP itself; then we do not. */
  confirmsStop: boolean;
  /** How many texts may be on their way to it at once where its owner set nothing. */
  mostAtOnce: number;
  receive: (request: GatewayRequest, account: GatewayAccount) => Received;
  answer: (accepted: readonly Accepted[]) => GatewayAnswer;
  /** Sends one text; rejects never, but says `retry` or `failed`. */
  send: (text: OutboundText, account: GatewayAccount, signal: AbortSignal) => Promise<SendResult>;
  /** Reads delivery reports, for gateways that send them: `POST /in/<kind>/<key>/dlr`. */
  receipts?: (request: GatewayRequest, account: GatewayAccount) => ReceivedReceipts;
}
