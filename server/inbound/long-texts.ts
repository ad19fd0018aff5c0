import type { PoolClient } from 'pg';
import type { Accepted } from '#shared/api/inbound.ts';
import { heard } from '#shared/sms/mask-personal.ts';
import type { WriteSet } from '../database/write-set.ts';
import { partsSecondsOf } from '../gateways/inbound-settings.ts';
import { enqueue } from './backlog-rows.ts';
import { writeInbound } from './inbound-rows.ts';
import {
  dropStoredPart,
  type HeldPart,
  type LongText,
  readLongTexts,
  referenceOf,
  writeLongText,
} from './long-text-rows.ts';
import type { Placed } from './place.ts';
import type { TextWork, Work } from './work.ts';

/** Stands where a part never came. */
const GAP = '[…]';
/** How long the parts of a finished text are known again, in milliseconds; then their reference may mean another text. */
export const KEPT_MS = 10 * 60_000;

/** What a part is to its text. */
type Fit =
  | { is: 'next'; text: LongText; isFirst: boolean; forsaken: LongText | null }
  | { is: 'repeat'; inboundId: string }
  | { is: 'late' };

/** The parts among a batch's work, each with the text it belongs to. */
export interface PartsAtHand {
  fits: ReadonlyMap<Work, Fit>;
  /** The texts that parts repeat, by part. */
  repeats: ReadonlyMap<TextWork, string>;
}

/** Finds the text of each part under its contact's lock. */
export async function fitParts(client: PoolClient, placed: readonly Placed[]): Promise<PartsAtHand> {
  const held = placed.flatMap(({ work, contact, world }) =>
    work.kind === 'text' && work.part
      ? [{ work, part: work.part, contactId: contact.id, account: world.gateways.get(work.gatewayId) }]
      : [],
  );
  const texts = await readLongTexts(client, held);
  const fits = new Map<Work, Fit>();
  const repeats = new Map<TextWork, string>();
  held.forEach((one, n) => {
    const fit = fitOf(one, texts[n], partsSecondsOf(one.account));
    fits.set(one.work, fit);
    if (fit.is === 'repeat') repeats.set(one.work, fit.inboundId);
  });
  return { fits, repeats };
}

/** A reference comes round again: another text in a place that is taken begins a new one. */
function fitOf({ work, part, contactId }: HeldPart, text: LongText | undefined, patience: number): Fit {
  const there = text?.parts[part.number - 1];
  if (text && there === part.text) return { is: 'repeat', inboundId: text.inboundId };
  if (text && there === null)
    return text.done ? { is: 'late' } : { is: 'next', text, isFirst: false, forsaken: null };
  const fresh: LongText = {
    workspaceId: work.workspaceId,
    contactId,
    gatewayId: work.gatewayId,
    to: work.to,
    reference: referenceOf(part),
    inboundId: work.id,
    parts: Array.from({ length: part.total }, () => null),
    firstAt: work.at,
    dueAt: work.at + patience * 1_000,
    done: false,
  };
  return { is: 'next', text: fresh, isFirst: true, forsaken: text && !text.done ? text : null };
}

/** The text that a part, or a whole, is claimed for: one that repeats is of the text that it repeats. */
export const inboundIdOf = (work: TextWork, { fits, repeats }: PartsAtHand): string => {
  const fit = fits.get(work);
  return fit?.is === 'next' ? fit.text.inboundId : (repeats.get(work) ?? work.id);
};

/** What a batch does with its parts. */
export interface Joined {
  /** The work that can go on: a part that completes its text stands for all of it. */
  placed: Placed[];
  /** The whole text that a part stands for. */
  wholes: ReadonlyMap<Work, TextWork>;
  /** Parts that came when their text was decided. */
  late: readonly Placed[];
  /** What is said of parts whose text is not whole yet, or was decided without them. */
  answers: ReadonlyMap<Work, Accepted>;
}

/** Puts each part where it belongs. A text is pending, with gaps, until its last part has come. */
export function joinParts(placed: readonly Placed[], { fits }: PartsAtHand, writes: WriteSet): Joined {
  const wholes = new Map<Work, TextWork>();
  const answers = new Map<Work, Accepted>();
  const going: Placed[] = [];
  const late: Placed[] = [];
  for (const one of placed) {
    const { work, contact, sender } = one;
    const fit = fits.get(work);
    if (work.kind !== 'text' || !work.part || !fit) going.push(one);
    else if (fit.is === 'late') {
      const reason = 'This part of a long text came too late: the rest was read without it.';
      const fate = {
        contactId: contact.id,
        senderId: sender.id,
        status: 'set-aside',
        reason,
        route: null,
      } as const;
      writeInbound(work, fate, writes);
      late.push(one);
      answers.set(work, { accepted: true, status: 'set-aside', id: work.id, replies: [], reason });
    } else if (fit.is === 'next') {
      const { isFirst, forsaken } = fit;
      if (forsaken) enqueue({ ...forsaken, id: forsaken.inboundId }, contact.id, writes);
      const parts = fit.text.parts.with(work.part.number - 1, work.part.text);
      const come = parts.filter((part) => part !== null).length;
      const done = come === parts.length;
      writeLongText({ ...fit.text, parts, done, dueAt: done ? work.at + KEPT_MS : fit.text.dueAt }, writes);
      if (work.stored && !isFirst) dropStoredPart(work, writes);
      const { part: _, stored, ...rest } = work;
      const whole: TextWork = {
        ...rest,
        id: fit.text.inboundId,
        text: heard(parts.map((part) => part ?? GAP).join('')),
        ...(stored || !isFirst ? { stored: true } : {}),
      };
      if (done) {
        wholes.set(work, whole);
        going.push({ ...one, work: whole });
      } else {
        const reason = `Waits for the rest of a long text: ${come} of ${parts.length} parts have come.`;
        const fate = {
          contactId: contact.id,
          senderId: sender.id,
          status: 'pending',
          reason,
          route: null,
        } as const;
        writeInbound(whole, fate, writes);
        answers.set(work, { accepted: true, status: 'pending', id: whole.id, replies: [], reason });
      }
    }
  }
  return { placed: going, wholes, late, answers };
}
