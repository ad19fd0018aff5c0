import type { PoolClient } from 'pg';
import { Counter, register } from 'prom-client';
import { heed, type Wish, wishIn } from '#flows/engine/consent/unheard.ts';
import type { Effect } from '#flows/engine/effects.ts';
import { newId as idAt } from '../common/ids.ts';
import type { Log } from '../common/log.ts';
import { classify } from '../database/lane-connection.ts';
import { WriteSet } from '../database/write-set.ts';
import { cancelUnsent } from '../runtime/effects/cancel-unsent.ts';
import { consent, standing, writeConsents } from '../runtime/effects/consent.ts';
import type { ConsentScene } from '../runtime/effects/handler.ts';
import { NOBODY } from '../runtime/scene.ts';
import type { WorldCache, WorkspaceWorld } from '../runtime/world-cache.ts';
import { loadContact } from './contact-state.ts';
import { holdContacts, type Placed, place } from './place.ts';
import { type ContactRow, type Facts, readFacts, readRevisions } from '../runtime/read-facts.ts';
import type { TextWork } from './work.ts';

const unheeded = new Counter({
  name: 'textloom_stop_unheeded_total',
  help: 'Texts that could not be decided and of which it could not be noted either whether they are a STOP.',
  registers: [register],
});

/** A text that is stored without being decided, though its words are a STOP or may be one. */
export interface Unheard extends Placed {
  work: TextWork;
  wish: Wish;
  /** It came from a machine, which says so over and over. */
  isOneOfMany?: true;
}

/** Where the rows go. */
interface Notes {
  writes: WriteSet;
  newId: () => string;
}

/** A text that is set aside, where its words are a wish. */
export function unheardOf({ work, world, sender, contact }: Placed): Unheard[] {
  if (work.kind !== 'text') return [];
  const wish = wishIn(work.text, sender.world);
  return wish === null ? [] : [{ work, world, sender, contact, wish }];
}

/** Stops or holds back what goes to people whose texts are set aside in a batch, under the locks that it holds on them. */
export async function heedAll(client: PoolClient, unheard: readonly Unheard[], notes: Notes): Promise<void> {
  const facts = await readFacts(
    client,
    unheard.map(({ contact }) => contact),
    { arms: false },
  );
  for (const one of unheard) note(one, facts, notes);
}

/** Whom those work with who give a text up. */
export interface Hearing {
  readonly worlds: WorldCache;
  readonly log: Log;
}

/**
 * The same for one text for which all of its transaction failed, in another, which holds the contact. Where the database refuses that
 * too, less and less of it; where it refuses even how the person stands, people of ours are told as loudly as can be.
 */
export function heedOne(
  client: PoolClient,
  work: TextWork,
  contact: ContactRow,
  hearing: Hearing,
): Promise<Wish | null> {
  return orTell(work, hearing, null, () =>
    within(client, () => heedHeld(client, { work, contact, isStored: true }, hearing)),
  );
}

/** The same for a text that cannot even be stored. False when its contact is locked elsewhere. */
export async function heedUnstored(client: PoolClient, work: TextWork, hearing: Hearing): Promise<boolean> {
  if (!work.reachable) return true;
  return await orTell(work, hearing, true, () =>
    within(client, async () => {
      const contact = (await holdContacts(client, [work])).get(work);
      if (contact) await heedHeld(client, { work, contact, isStored: false }, hearing);
      return contact !== undefined;
    }),
  );
}

async function orTell<Result>(
  work: TextWork,
  { log }: Hearing,
  otherwise: Result,
  heeding: () => Promise<Result>,
): Promise<Result> {
  try {
    return await heeding();
  } catch (error) {
    if (classify(error) !== 'data') throw error;
    unheeded.inc();
    log.error(
      { err: error, messageId: work.id },
      'Whether a text that could not be decided is a STOP could not be noted: its person may be texted on. Read it, and stop them with contacts stop.',
    );
    return otherwise;
  }
}

async function heedHeld(
  client: PoolClient,
  { work, contact, isStored }: { work: TextWork; contact: ContactRow; isStored: boolean },
  { worlds }: Hearing,
): Promise<Wish | null> {
  const world = await worldOf(client, work.workspaceId, worlds);
  const known = new Map([[work.workspaceId, world]]);
  const { placed } = await place(client, [work], known, new Map([[work, contact]]));
  const [one] = placed.flatMap(unheardOf);
  if (!one) return null;
  await firstOf(LEVELS.map((level) => () => within(client, () => write(client, one, { level, isStored }))));
  return one.wish;
}

/** A workspace without its flows, where it is these that cannot be read. */
async function worldOf(client: PoolClient, workspaceId: string, worlds: WorldCache): Promise<WorkspaceWorld> {
  const [row] = await readRevisions(client, [workspaceId]);
  try {
    return await worlds.at(workspaceId, row?.revision ?? '0');
  } catch (error) {
    if (classify(error) !== 'data') throw error;
    return await worlds.withoutFlows(workspaceId);
  }
}

/** What is left out where the database refuses more, and whether the person's words are. */
const EVERYTHING: Level = { kinds: ['standing', 'consent', 'cancel-unsent'], words: true };
const LEVELS: readonly Level[] = [
  EVERYTHING,
  { kinds: ['standing', 'cancel-unsent'], words: false },
  { kinds: ['standing'], words: false },
];

interface Level {
  kinds: readonly Effect['kind'][];
  words: boolean;
}

/** `level`: all of it where left out. Not `isStored`: there is no text to point at. */
interface How {
  level?: Level;
  isStored?: boolean;
}

async function write(client: PoolClient, one: Unheard, how: How): Promise<void> {
  const notes = { writes: new WriteSet(), newId: () => idAt(one.work.at) };
  note(one, await readFacts(client, [one.contact], { arms: false }), notes, how);
  await notes.writes.flush(client);
}

/** Notes what follows from the words alone. */
function note(
  { work, world, sender, contact, wish, isOneOfMany }: Unheard,
  facts: Facts,
  { writes, newId }: Notes,
  { level = EVERYTHING, isStored = true }: How = {},
): void {
  // Runs are left out: they may be what the text could not be decided for.
  const { state, heads } = loadContact(contact, facts, sender, world, new Map());
  // Somebody reads it already, or another of many.
  if (wish === 'doubt' && (work.stored || isOneOfMany) && state.frozen) return;
  const scene: ConsentScene = {
    workspaceId: work.workspaceId,
    contactId: contact.id,
    phone: contact.phone,
    sender,
    causeId: isStored ? work.id : null,
    at: work.at,
    actor: NOBODY,
    writes,
    newId,
    heads,
    consents: new Map(),
  };
  const { text, at } = work;
  for (const effect of heed(wish, { text, at, contact: state }, sender.world, { newId }))
    if (level.kinds.includes(effect.kind)) perform(effect, level.words, scene);
  writeConsents(scene);
}

function perform(effect: Effect, withWords: boolean, scene: ConsentScene): void {
  if (effect.kind === 'standing') standing(withWords ? effect : { ...effect, words: null }, scene);
  if (effect.kind === 'consent') consent(effect, scene);
  if (effect.kind === 'cancel-unsent') cancelUnsent(effect, scene);
}

/** Does the first that the database does not refuse. */
async function firstOf(tries: readonly (() => Promise<void>)[]): Promise<void> {
  const [first, ...others] = tries;
  try {
    await first?.();
  } catch (error) {
    if (others.length === 0 || classify(error) !== 'data') throw error;
    await firstOf(others);
  }
}

/** Does something in a part of the transaction that can fail without the rest. */
async function within<Result>(client: PoolClient, work: () => Promise<Result>): Promise<Result> {
  await client.query('savepoint heeding');
  try {
    const result = await work();
    await client.query('release savepoint heeding');
    return result;
  } catch (error) {
    // A connection that is gone has nothing to roll back.
    await client.query('rollback to savepoint heeding; release savepoint heeding').catch(() => undefined);
    throw error;
  }
}
