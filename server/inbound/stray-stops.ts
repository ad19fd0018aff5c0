import type { PoolClient } from 'pg';
import type { ReservedWords } from '#shared/sms/reserved-words.ts';
import { revocation } from '#shared/sms/revocation.ts';
import { normalise } from '#shared/sms/text.ts';
import type { ContactRow } from '../runtime/read-facts.ts';
import type { SenderEntry, WorkspaceWorld } from '../runtime/world-cache.ts';
import type { Unheard } from './heed-stop.ts';
import type { Unplaced } from './place.ts';
import { readLastSenders } from './stop-addresses.ts';
import type { TextWork, Work } from './work.ts';

/** What is to be done about texts to a number that nobody here knows. */
export interface Strays {
  unheard: readonly Unheard[];
  /** Their people are held elsewhere, so that they come again. */
  again: ReadonlySet<Work>;
}

/**
 * Texts that may be a STOP and came to a number that no sender of their gateway has or had: whoever wrote such a number down wrongly
 * would go on texting people who have said STOP to it. They are taken for doubtful words to whoever texted the person last there.
 */
export async function findStrays(
  client: PoolClient,
  unplaced: readonly Unplaced[],
  worlds: ReadonlyMap<string, WorkspaceWorld>,
  held: ReadonlyMap<Work, ContactRow>,
): Promise<Strays> {
  const asked = unplaced.flatMap(({ work }) => {
    const world = work.reachable ? worlds.get(work.workspaceId) : undefined;
    const senders = world ? sendersThatHear(work, world) : [];
    return world && senders.length > 0 ? [{ work, world, senders }] : [];
  });
  const unheard: Unheard[] = [];
  const again = new Set<Work>();
  if (asked.length === 0) return { unheard, again };
  const last = await readLastSenders(client, asked);
  asked.forEach(({ work, world, senders }, n) => {
    const sender = senders.find(({ id }) => id === last.get(n));
    const contact = held.get(work);
    if (sender && contact) unheard.push({ work, world, sender, contact, wish: 'doubt' });
    else if (sender) again.add(work);
  });
  return { unheard, again };
}

/** Those of its gateway to whose ears a text is a wish to hear no more. Most hear alike, and are asked once. */
function sendersThatHear({ gatewayId, text }: TextWork, { senders }: WorkspaceWorld): SenderEntry[] {
  const normalised = normalise(text);
  const ears: { reserved: ReservedWords; languages: string; hear: boolean }[] = [];
  return [...senders.values()].filter(({ gatewayId: own, world: { reserved, languages } }) => {
    if (own !== gatewayId) return false;
    const spoken = languages.join();
    let alike = ears.find((one) => one.reserved === reserved && one.languages === spoken);
    if (!alike) {
      alike = { reserved, languages: spoken, hear: revocation(normalised, reserved, languages) !== null };
      ears.push(alike);
    }
    return alike.hear;
  });
}
