import { Injectable } from '@nestjs/common';
import type { AnyoneEvent, ContactEvent, EventTaken } from '#shared/api/events.ts';
import type { Who } from '../accounts/who.ts';
import { Problem } from '../common/problem.ts';
import { readPhone } from '../common/read-phone.ts';
import { ContactsRepository } from '../contacts/contacts.repository.ts';
import { RunOrders } from '../runs/run-orders.ts';
import { SendersRepository } from '../settings/senders/senders.repository.ts';

/** What happens outside and is waited for by conversations. */
@Injectable()
export class Events {
  constructor(
    private readonly orders: RunOrders,
    private readonly contacts: ContactsRepository,
    private readonly senders: SendersRepository,
  ) {}

  async tell(me: Who, { phone, ...event }: AnyoneEvent): Promise<EventTaken> {
    const [sender] = await this.senders.inWorkspace(me.workspaceId);
    return this.happened(me.workspaceId, readPhone(phone, sender?.country), event);
  }

  async tellOf(me: Who, contactId: string, event: ContactEvent): Promise<EventTaken> {
    const contact = await this.contacts.find(me.workspaceId, contactId);
    if (!contact) throw Problem.notFound('contact.not-found', 'There is no such contact.');
    return this.happened(me.workspaceId, contact.phone, event);
  }

  private async happened(
    workspaceId: string,
    phone: string,
    { event, key, value }: ContactEvent,
  ): Promise<EventTaken> {
    const conversations = await this.orders.event(workspaceId, phone, {
      name: event,
      key: key ?? null,
      value: value ?? null,
    });
    return { conversations };
  }
}
