import { bind } from './bind.ts';

/** The end of a query that shows one page of a numbered list; pages count from 1. */
export const pageSql = ({ page, size }: { page: number; size: number }, values: unknown[]): string =>
  `limit ${bind(values, size)} offset ${bind(values, (page - 1) * size)}`;
