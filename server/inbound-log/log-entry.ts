import { createHash } from 'node:crypto';
import { z } from 'zod';
import { MOST_PARTS } from '../gateways/part.ts';
import type { TextWork } from '../inbound/work.ts';

/** Fixed: which contact's texts go where must never change while some of them are undecided. */
export const PARTITIONS = 8;

/** No date is later, in milliseconds since 1970 [ECMA-262, 21.4.1.1]; PostgreSQL's end after it. */
const LATEST = 8.64e15;

/** Held to what doors let in: for each of as many parts as it says there is room made. */
const partSchema = z
  .looseObject({
    reference: z.string(),
    number: z.number().int().min(1),
    total: z.number().int().min(2).max(MOST_PARTS),
    text: z.string(),
  })
  .refine(({ number, total }) => number <= total);

/** A text as it stands in the log. Fields that a newer version added are kept. */
const entrySchema = z.looseObject({
  id: z.uuid(),
  workspaceId: z.uuid(),
  gatewayId: z.uuid(),
  phone: z.string(),
  reachable: z.boolean(),
  from: z.string(),
  to: z.string(),
  text: z.string(),
  gatewayMessageId: z.string().nullable(),
  extra: z.string().nullable(),
  media: z.array(z.string()).optional(),
  part: partSchema.optional(),
  at: z.number().min(0).max(LATEST),
});

/** What is written into the log of a text that was accepted. */
export function encodeEntry({ done: _, ...entry }: TextWork): Uint8Array {
  return Buffer.from(JSON.stringify(entry));
}

/** The text of an entry. Throws when it is none. */
export function decodeEntry(data: Uint8Array): TextWork {
  const entry = entrySchema.parse(JSON.parse(Buffer.from(data).toString('utf8')));
  return Object.assign({ kind: 'text' as const, done: () => undefined }, entry);
}

/** Whose texts they are. */
export type Texter = Pick<TextWork, 'workspaceId' | 'phone'>;

/** Where a contact's texts go: all into one partition, so that they stay in order. */
export function partitionOf(texter: Texter): number {
  const hash = hashOf(texter);
  return ((hash ^ (hash >>> 15)) >>> 0) % PARTITIONS;
}

/** Contacts that share a mark within their partition cannot be told apart by the log, of which there are few among so many. */
export const MARKS = 8_192;

/** The mark of a contact's texts, by which the log says at once which of its entries was the contact's last. */
export const markOf = (texter: Texter): number => (hashOf(texter) >>> 16) % MARKS;

/** FNV-1a. */
function hashOf({ workspaceId, phone }: Texter): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(`${workspaceId} ${phone}`)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

/** What the log tells repeats by for some minutes; the database tells them for good. Parts of a text may share their gateway's id. */
export function repeatId({ id, workspaceId, gatewayId, phone, gatewayMessageId, part }: TextWork): string {
  if (gatewayMessageId === null) return id;
  const whose = [workspaceId, gatewayId, phone, gatewayMessageId];
  return createHash('sha256')
    .update(JSON.stringify(part ? [...whose, part.reference, part.number] : whose))
    .digest('base64url');
}
