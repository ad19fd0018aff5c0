import type { PoolClient } from 'pg';
import { offsetOf } from '#flows/engine/contact-clocks.ts';
import { decide } from '#flows/engine/decide.ts';
import type { Driving } from '#flows/engine/drive.ts';
import type { Decision, Happening, PublishedFlow } from '#flows/engine/world.ts';
import { newLinkCode } from '../common/link-code.ts';
import { ZONES } from '../common/zones.ts';
import { settleRequests } from '../runtime/settle.ts';
import type { OpenRequest } from '../runtime/settling/open-request.ts';
import { type LoadedContact, loadContact } from './contact-state.ts';
import type { Placed } from './place.ts';
import type { Facts } from '../runtime/read-facts.ts';
import type { Work } from './work.ts';

/** A decision under way: `open` is what it waits for the shell to settle, `decision` where it ended, `failed` why it did not. */
export interface Deciding {
  placed: Placed;
  loaded: LoadedContact;
  driving: Driving<Decision>;
  /** Makes the ids of all rows of this contact, in their order. */
  newId: () => string;
  open: OpenRequest | null;
  decision: Decision | null;
  failed: unknown;
}

/** What a decision is made from. */
interface Sources {
  facts: Facts;
  flows: ReadonlyMap<string, PublishedFlow>;
  /** When texts go out that something keeps, by the wake-ups that came before them. */
  unasked: ReadonlyMap<Work, number>;
  /** Milliseconds since 1970. */
  now: number;
  newId: () => string;
}

/** Takes a decision to its end or to what it first asks of the shell. */
export function startDeciding(placed: Placed, { facts, flows, unasked, now, newId }: Sources): Deciding {
  const loaded = loadContact(placed.contact, facts, placed.sender, placed.world, flows);
  const identity = { newId, newCode: newLinkCode };
  const driving = decide(happeningOf(placed, now, unasked), loaded.state, placed.sender.world, identity);
  const deciding: Deciding = { placed, loaded, driving, newId, open: null, decision: null, failed: null };
  proceed(deciding, () => driving.next());
  return deciding;
}

function happeningOf({ work, contact, world }: Placed, now: number, unasked: Sources['unasked']): Happening {
  if (work.kind === 'run') {
    const { happening } = work;
    const asksAt = unasked.get(work);
    return happening.kind === 'wake' && asksAt !== undefined ? { ...happening, asksAt } : happening;
  }
  const { phone, fields } = contact;
  const offsetMinutes = offsetOf({ phone, fields, timeZone: world.timeZone }, work.at, ZONES);
  const media = work.media && work.media.length > 0 ? { media: work.media } : {};
  const { text, at, saidAt } = work;
  const decidedAt = Math.max(at, now);
  if (saidAt !== undefined) return { kind: 'message', text, at, decidedAt, offsetMinutes, saidAt, ...media };
  return { kind: 'message', text, at, decidedAt, offsetMinutes, ...media };
}

/** Takes a decision one turn further. A failure of the engine itself is noted and must not stop the others. */
function proceed(deciding: Deciding, turn: () => IteratorResult<OpenRequest['request'], Decision>): void {
  const { placed } = deciding;
  deciding.open = null;
  try {
    const { done, value } = turn();
    if (done) deciding.decision = value;
    else
      deciding.open = {
        request: value,
        world: placed.world,
        contactId: placed.contact.id,
        phone: placed.contact.phone,
        fields: placed.contact.fields,
        at: placed.work.at,
      };
  } catch (cause) {
    deciding.failed = cause;
  }
}

/** Answers the requests of all decisions, round by round, one statement a kind and round. */
export async function settleAll(client: PoolClient, deciding: readonly Deciding[]): Promise<void> {
  for (;;) {
    const waiting: { one: Deciding; open: OpenRequest }[] = [];
    for (const one of deciding) if (one.open) waiting.push({ one, open: one.open });
    if (waiting.length === 0) return;
    const outcomes = await settleRequests(
      client,
      waiting.map(({ open }) => open),
    );
    waiting.forEach(({ one }, index) => {
      const outcome = outcomes[index];
      if (!outcome) throw new Error('A request was left without an outcome.');
      proceed(one, () => one.driving.next(outcome));
    });
  }
}
