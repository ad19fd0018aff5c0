/**
 * SQL for whether the last day of a pool of vouchers is over at a moment: days end by the workspace's clock. `pool` and `workspace` are
 * the aliases of their rows.
 */
export const isOver = (pool: string, workspace: string, at: string): string =>
  `coalesce((${at}::timestamptz at time zone ${workspace}.time_zone)::date > ${pool}.expires_on, false)`;
