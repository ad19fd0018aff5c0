import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { type Created, createdSchema, type Page } from '#shared/api/common.ts';
import {
  type ChangeContact,
  type Contact,
  type ContactSummary,
  type ContactsQuery,
  type CreateContact,
  changeContactSchema,
  contactSchema,
  contactsPageSchema,
  contactsQuerySchema,
  createContactSchema,
  type KnownTag,
  knownTagsSchema,
} from '#shared/api/contacts.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api, ApiFile } from '../web/api.ts';
import { contactsFile } from './contacts-file.ts';
import { Contacts } from './contacts.service.ts';

/** The people who text. */
@Controller('api/contacts')
export class ContactsController {
  constructor(private readonly contacts: Contacts) {}

  @Get()
  @Api({
    summary: 'Contacts, newest first',
    query: contactsQuerySchema,
    returns: contactsPageSchema,
    refuses: { 422: ['contacts.search-too-wide'] },
  })
  list(@Me() me: Who, @Query() query: ContactsQuery): Promise<Page<ContactSummary>> {
    return this.contacts.page(me, query);
  }

  @Get('export')
  @Needs('compliance')
  @ApiFile({ summary: 'Contacts as a file', query: contactsQuerySchema, file: 'text/csv' })
  async file(@Me() me: Who, @Query() query: ContactsQuery): Promise<StreamableFile> {
    return contactsFile(this.contacts.all(me, query), await this.contacts.fieldNames(me));
  }

  @Get('tags')
  @Api({ summary: 'The tags that contacts have, those of most people first', returns: knownTagsSchema })
  tags(@Me() me: Who): Promise<KnownTag[]> {
    return this.contacts.tags(me);
  }

  @Post()
  @Needs('agent')
  @Api({
    summary: 'Add a number; that gives no consent',
    body: createContactSchema,
    returns: createdSchema,
    refuses: { 409: ['contact.exists'], 422: ['contact.phone'] },
  })
  create(@Me() me: Who, @Body() body: CreateContact): Promise<Created> {
    return this.contacts.create(me, body);
  }

  @Get(':id')
  @Api({
    summary: 'A contact with fields, consents and the ledger of how they came about',
    returns: contactSchema,
    refuses: { 404: ['contact.not-found'] },
  })
  show(@Me() me: Who, @Param('id') id: string): Promise<Contact> {
    return this.contacts.show(me, id);
  }

  @Patch(':id')
  @Needs('agent')
  @HttpCode(204)
  @Api({
    summary: 'Change language and fields; a field set to null is removed',
    body: changeContactSchema,
    refuses: { 404: ['contact.not-found'] },
  })
  change(@Me() me: Who, @Param('id') id: string, @Body() body: ChangeContact): Promise<void> {
    return this.contacts.change(me, id, body);
  }
}
