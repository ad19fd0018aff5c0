import { queryOptions } from '@tanstack/react-query';
import { poolsPageSchema } from '#shared/api/vouchers.ts';
import { get } from '../api/http.ts';

/** So many pools of vouchers can be chosen from; the newest come first. */
const MOST_POOLS = 100;

/** The pools of vouchers that a step may give codes of. */
export const poolChoicesQuery = queryOptions({
  queryKey: ['vouchers', 'choices'],
  queryFn: ({ signal }) => get('/api/vouchers', poolsPageSchema, { query: { size: MOST_POOLS }, signal }),
});
