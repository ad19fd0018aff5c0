/**
 * SQL for whom a sender counts: senders of one registered campaign share their pace and their day, whichever of them are removed since,
 * so that none of them stands for it. `sender`: the alias of its row.
 */
export const countsAs = (sender: string): string =>
  `case when ${sender}.campaign is null then ${sender}.id else md5(${sender}.workspace_id || ' ' || ${sender}.campaign)::uuid end`;
