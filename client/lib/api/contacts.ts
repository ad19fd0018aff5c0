import {
  type ContactsImported,
  contactsImportedSchema,
  type ImportContactsInput,
} from '#shared/api/contact-imports.ts';
import { type Created, createdSchema, type Page } from '#shared/api/common.ts';
import {
  type ChangeContact,
  type Contact,
  type ContactsQuery,
  type ContactSummary,
  type CreateContact,
  contactSchema,
  contactsPageSchema,
  type KnownTag,
  knownTagsSchema,
} from '#shared/api/contacts.ts';
import { get, send, sendOnly } from './http.ts';

/** What the list of contacts can be asked for. */
export type ContactsFilter = Partial<ContactsQuery>;

export const listContacts = (filter: ContactsFilter, signal?: AbortSignal): Promise<Page<ContactSummary>> =>
  get('/api/contacts', contactsPageSchema, { query: { ...filter }, signal });

export const getContact = (id: string, signal?: AbortSignal): Promise<Contact> =>
  get(`/api/contacts/${id}`, contactSchema, { signal });

/** The tags that contacts have, those of most people first. */
export const listTags = (signal?: AbortSignal): Promise<KnownTag[]> =>
  get('/api/contacts/tags', knownTagsSchema, { signal });

/** Adds a number and answers the contact's id. It gives no consent. */
export const createContact = (input: CreateContact): Promise<Created> =>
  send('POST', '/api/contacts', input, createdSchema);

/** Forgets a person for good; what they stopped stays stopped. */
export const eraseContact = (id: string): Promise<void> => sendOnly('DELETE', `/api/contacts/${id}`);

export const changeContact = (id: string, input: ChangeContact): Promise<void> =>
  sendOnly('PATCH', `/api/contacts/${id}`, input);

/** Adds rows of a file, or says what that would do. */
export const importContacts = (input: ImportContactsInput): Promise<ContactsImported> =>
  send('POST', '/api/contacts/import', input, contactsImportedSchema);
