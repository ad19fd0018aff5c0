import { Injectable } from '@nestjs/common';
import type { Created, Page } from '#shared/api/common.ts';
import type {
  ChangeContact,
  Contact,
  ContactSummary,
  ContactsQuery,
  CreateContact,
  KnownTag,
} from '#shared/api/contacts.ts';
import type { Who } from '../accounts/who.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { Problem } from '../common/problem.ts';
import { readPhone } from '../common/read-phone.ts';
import { PendingConsents } from '../consent/pending/pending-consents.service.ts';
import { unlessTaken } from '../database/taken.ts';
import { Transactions } from '../database/transactions.ts';
import { SendersRepository } from '../settings/senders/senders.repository.ts';
import { type ContactRow, toSummary } from './contact-rows.ts';
import { type ContactsFilter, ContactsRepository } from './contacts.repository.ts';

const PAGE = 1_000;

/** The people who text: their numbers, fields and consents. */
@Injectable()
export class Contacts {
  constructor(
    private readonly contacts: ContactsRepository,
    private readonly senders: SendersRepository,
    private readonly pending: PendingConsents,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async page(me: Who, { page, size, ...filter }: ContactsQuery): Promise<Page<ContactSummary>> {
    const total = await this.contacts.count(me.workspaceId, filter);
    const rows = await this.contacts.newest(me.workspaceId, filter, { skip: (page - 1) * size, size });
    return { items: rows.map(toSummary), total };
  }

  async show(me: Who, id: string): Promise<Contact> {
    const row = await this.contacts.find(me.workspaceId, id);
    if (!row) throw notFound();
    const ledger = await this.contacts.ledger(me.workspaceId, id);
    return {
      ...toSummary(row),
      fields: row.fields,
      arms: await this.contacts.arms(me.workspaceId, id),
      ledger: ledger.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() })),
      pending: await this.pending.ofContact(me.workspaceId, id),
    };
  }

  /** Adds a number. A national form is read as one of the country that the workspace's first sender is in. */
  async create(me: Who, { phone, language = null, fields = {}, tags = [] }: CreateContact): Promise<Created> {
    const [sender] = await this.senders.inWorkspace(me.workspaceId);
    const number = readPhone(phone, sender?.country);
    const now = this.clock.now();
    const contact = {
      workspaceId: me.workspaceId,
      id: newId(now),
      phone: number,
      language,
      fields: {},
      tags: [...new Set(tags)],
      createdAt: new Date(now),
    };
    return await this.transactions.run(async () => {
      const id = await unlessTaken(this.contacts.add(contact), () =>
        Problem.conflict('contact.exists', `${number} is a contact already.`, { place: 'phone' }),
      );
      await this.contacts.change(me.workspaceId, id, { language, fields, tags: contact.tags });
      return { id };
    });
  }

  async change(me: Who, id: string, { language, fields = {}, tags }: ChangeContact): Promise<void> {
    const change = { language, fields, ...(tags === undefined ? {} : { tags: [...new Set(tags)] }) };
    if (!(await this.contacts.change(me.workspaceId, id, change))) throw notFound();
  }

  /** Every contact that the filter lets through, newest first, read page by page. */
  async *all(me: Who, filter: ContactsFilter): AsyncGenerator<ContactRow> {
    for (let before: string | undefined; ; ) {
      const range = { before, size: PAGE, unhurried: true };
      const rows = await this.contacts.newest(me.workspaceId, filter, range);
      yield* rows;
      before = rows.at(-1)?.id;
      if (rows.length < PAGE) return;
    }
  }

  /** The tags to choose from, with how many people have each where that is known. */
  async tags(me: Who): Promise<KnownTag[]> {
    const { tags, all } = await this.contacts.tags(me.workspaceId);
    return tags.map(({ tag, people }) => ({ tag, people: all ? people : null }));
  }

  fieldNames(me: Who): Promise<string[]> {
    return this.contacts.fieldNames(me.workspaceId);
  }
}

const notFound = (): Problem => Problem.notFound('contact.not-found', 'There is no such contact.');
