import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.ts';
import { Problem } from '../../common/problem.ts';
import type { Actor } from '../../runtime/scene.ts';
import { ConsentOrders } from '../consent-orders.ts';
import { ErasureRepository, type Forgotten } from './erasure.repository.ts';

/** Each try needs a text that came in between. */
const TRIES = 10;

/**
 * Forgets a person: their conversations end, what is queued is taken back, every consent is revoked; then texts, fields and
 * evidence are destroyed, and the number is kept as a keyed print alone, so that a STOP survives. The ledger still verifies.
 */
@Injectable()
export class Erasure {
  constructor(
    private readonly people: ErasureRepository,
    private readonly orders: ConsentOrders,
    private readonly clock: Clock,
  ) {}

  /** False where there is no such contact. */
  async eraseContact(workspaceId: string, contactId: string, actor: Actor): Promise<boolean> {
    const phone = await this.people.phoneOf(workspaceId, contactId);
    if (phone === null) return false;
    await this.erase({ workspaceId, contactId, phone }, actor);
    return true;
  }

  /** Forgets whoever has this number, in every workspace. Returns how many. */
  async eraseNumber(phone: string, actor: Actor): Promise<number> {
    // Whoever stands in the file of a campaign alone is a contact first, so that their print stays.
    for (const workspaceId of await this.people.orderedIn(phone))
      await this.revokeAll({ workspaceId, phone }, actor);
    const found = await this.people.withPhone(phone);
    for (const person of found) await this.erase(person, actor);
    return found.length;
  }

  private async erase(person: Forgotten, actor: Actor): Promise<void> {
    const { workspaceId, phone } = person;
    for (let tries = 0; tries < TRIES; tries++) {
      await this.revokeAll({ workspaceId, phone }, actor);
      if (await this.people.destroy(person, new Date(this.clock.now()))) return;
    }
    throw new Error('Something new kept happening with this person. Try again.');
  }

  /** Ends their conversations with every program, takes back what is queued and revokes every consent. */
  private async revokeAll({ workspaceId, phone }: Pick<Forgotten, 'workspaceId' | 'phone'>, actor: Actor) {
    const senders = await this.people.senders(workspaceId);
    if (senders.length === 0 && (await this.people.holdsConsent(workspaceId, phone)))
      throw Problem.conflict(
        'contact.no-sender',
        'There is no number for which consents could be taken back. Add one under Settings, Senders, then forget this person.',
      );
    for (const senderId of senders)
      await this.orders.place({ workspaceId, phone, senderId }, { do: 'erase' }, { actor });
  }
}
