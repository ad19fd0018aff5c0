import type { PoolClient } from 'pg';
import { type Facts, readFacts } from '../runtime/read-facts.ts';
import { readWaiting, type Waiting } from './backlog-rows.ts';
import { decidedAlready } from './decided-already.ts';
import { type Claim, claimIds, disclaimIds, NO_CONTACT } from './inbound-rows.ts';
import { fitParts, inboundIdOf, type PartsAtHand } from './long-texts.ts';
import type { Placed, Places, Unplaced } from './place.ts';
import { findSameTexts } from './same-texts.ts';
import type { TextWork, Work } from './work.ts';

/** What a batch has read under the locks on its contacts: all that its decisions rest on. */
export interface Known {
  /** The work whose contacts are held. */
  placed: readonly Placed[];
  /** Work whose contacts only seemed to be new: they are locked elsewhere. */
  elsewhere: ReadonlySet<Work>;
  /** The texts that were stored before, by those that repeat them. */
  repeats: ReadonlyMap<TextWork, string>;
  parts: PartsAtHand;
  waiting: Waiting;
  facts: Facts;
}

/** Reads what is known of the contacts of a batch, and claims the gateways' ids of its texts: one that is taken is a repeat. */
export async function readKnown(client: PoolClient, places: Places): Promise<Known> {
  // What is read of those who are new does not wait until they are written down.
  const [read, elsewhere] = await Promise.all([
    readHeld(client, places.placed, places.unplaced),
    places.elsewhere,
  ]);
  if (elsewhere.size === 0) return { placed: places.placed, elsewhere, ...read };
  const strangers = places.placed.filter(({ work }) => elsewhere.has(work));
  await disclaimIds(
    client,
    strangers.map(({ contact }) => contact),
  );
  return { placed: places.placed.filter(({ work }) => !elsewhere.has(work)), elsewhere, ...read };
}

async function readHeld(
  client: PoolClient,
  placed: readonly Placed[],
  unplaced: readonly Unplaced[],
): Promise<Omit<Known, 'placed' | 'elsewhere'>> {
  const parts = await fitParts(client, placed);
  const same = await findSameTexts(client, placed);
  const contacts = placed.map(({ contact }) => contact);
  const arms = placed.some(({ world }) => world.hasExperiments);
  // None of these waits for another's answer, so they go out together.
  const [claimed, decided, waiting, facts] = await Promise.all([
    claimIds(
      client,
      claimsOf(placed, unplaced, (text) => same.get(text) ?? inboundIdOf(text, parts)),
    ),
    decidedAlready(client, placed),
    readWaiting(client, contacts),
    readFacts(client, contacts, { arms }),
  ]);
  return { repeats: new Map([...same, ...parts.repeats, ...claimed, ...decided]), parts, waiting, facts };
}

/** The gateways' ids in a batch; what comes from the backlog has claimed its own before. */
function claimsOf(
  placed: readonly Placed[],
  unplaced: readonly Unplaced[],
  inboundId: (text: TextWork) => string,
): Claim[] {
  const claims: Claim[] = [];
  for (const { work, contact } of placed) {
    if (work.kind === 'text' && work.gatewayMessageId !== null && !work.backlog)
      claims.push({ work, contactId: contact.id, inboundId: inboundId(work) });
  }
  for (const { work } of unplaced) {
    if (work.gatewayMessageId !== null && !work.backlog)
      claims.push({ work, contactId: NO_CONTACT, inboundId: work.id });
  }
  return claims;
}
