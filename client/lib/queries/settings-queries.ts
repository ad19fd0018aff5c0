import { queryOptions } from '@tanstack/react-query';
import { listGateways } from '../api/gateways.ts';
import { listKeywords } from '../api/keywords.ts';
import { listLists } from '../api/lists.ts';
import { listPeople } from '../api/people.ts';
import { listPrograms } from '../api/programs.ts';
import { listSenders } from '../api/senders.ts';
import { listSwitches } from '../api/sending.ts';

/** Everything under Settings; one change there may show in several lists. */
export const SETTINGS_KEY = ['settings'] as const;

export const programsQuery = queryOptions({
  queryKey: [...SETTINGS_KEY, 'programs'],
  queryFn: ({ signal }) => listPrograms(signal),
});
/** How a gateway fares is told by nobody, so it is asked for this often, in milliseconds. */
export const HEALTH_EVERY_MS = 10_000;
export const gatewaysQuery = queryOptions({
  queryKey: [...SETTINGS_KEY, 'gateways'],
  queryFn: ({ signal }) => listGateways(signal),
});
export const sendersQuery = queryOptions({
  queryKey: [...SETTINGS_KEY, 'senders'],
  queryFn: ({ signal }) => listSenders(signal),
});
export const listsQuery = queryOptions({
  queryKey: [...SETTINGS_KEY, 'lists'],
  queryFn: ({ signal }) => listLists(signal),
});
export const keywordsQuery = queryOptions({
  queryKey: [...SETTINGS_KEY, 'keywords'],
  queryFn: ({ signal }) => listKeywords(signal),
});
export const peopleQuery = queryOptions({
  queryKey: [...SETTINGS_KEY, 'people'],
  queryFn: ({ signal }) => listPeople(signal),
});
export const switchesQuery = queryOptions({
  queryKey: [...SETTINGS_KEY, 'switches'],
  queryFn: ({ signal }) => listSwitches(signal),
});
