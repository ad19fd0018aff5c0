import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type ContactsFilter, getContact, listContacts, listTags } from '../api/contacts.ts';

export const CONTACTS_KEY = ['contacts'] as const;

/** One page of contacts. The page before stays on screen while the next one comes. */
export const contactsQuery = (filter: ContactsFilter) =>
  queryOptions({
    queryKey: [...CONTACTS_KEY, 'list', filter],
    queryFn: ({ signal }) => listContacts(filter, signal),
    placeholderData: keepPreviousData,
  });

export const contactQuery = (id: string) =>
  queryOptions({ queryKey: [...CONTACTS_KEY, 'one', id], queryFn: ({ signal }) => getContact(id, signal) });

export const tagsQuery = queryOptions({
  queryKey: [...CONTACTS_KEY, 'tags'],
  queryFn: ({ signal }) => listTags(signal),
});
