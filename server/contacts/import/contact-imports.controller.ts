import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  type ContactsImported,
  contactsImportedSchema,
  type ImportContacts,
  importContactsSchema,
  MOST_ROWS,
} from '#shared/api/contact-imports.ts';
import { Needs } from '../../accounts/access.ts';
import { Me, type Who } from '../../accounts/who.ts';
import { Api } from '../../web/api.ts';
import { ContactImports } from './contact-imports.service.ts';

/** Contacts from a file. */
@Controller('api/contacts/import')
export class ContactImportsController {
  constructor(private readonly imports: ContactImports) {}

  @Post()
  @RouteConfig({ inTurns: true })
  @Needs('compliance')
  @HttpCode(200)
  @Api({
    summary:
      'Add rows of a file, with the evidence of consent that was given elsewhere; sending them again changes nothing',
    body: importContactsSchema,
    rows: { key: 'rows', most: MOST_ROWS },
    returns: contactsImportedSchema,
    refuses: {
      422: ['list.not-found', 'import.sender-needed', 'import.date', 'import.too-old'],
      503: ['inbound.overloaded', 'inbound.database'],
    },
  })
  run(@Me() me: Who, @Body() body: ImportContacts): Promise<ContactsImported> {
    return this.imports.run(me, body);
  }
}
