/**
 * SQL for whom a sender counts: senders of one registered campaign share their pace and their day, whichever of them are removed since,
 * so that none of them stands for it. `sender`: the alias of its row.
 */
export const countsAs = (sender: string): string =>
  `case when ${sender}.campaign is null then ${sender}.id else md5(${sender}.workspace_id || ' ' || ${sender}.campaign)::uuid end`;

const ofCampaign = (sender: string): string =>
  `senders c where c.workspace_id = ${sender}.workspace_id and c.campaign = ${sender}.campaign`;

/** SQL for a limit that a sender has with its campaign: the lowest that is set for any of its senders. */
export const sharedLimit = (sender: string, limit: 'most_a_day' | 'per_second'): string =>
  `case when ${sender}.campaign is null then ${sender}.${limit} else (select min(c.${limit}) from ${ofCampaign(sender)}) end`;

/** The same for what each operator bears. */
export const sharedOperators = (sender: string): string =>
  `case when ${sender}.campaign is null then ${sender}.operators else (
    select jsonb_agg(jsonb_build_object('operator', e.operator, 'perSecond', e.per_second, 'mostADay', e.most_a_day)) from (
      select l ->> 'operator' as operator, min((l ->> 'perSecond')::float8) as per_second, min((l ->> 'mostADay')::int4) as most_a_day
      from (select c.operators from ${ofCampaign(sender)}) o cross join jsonb_array_elements(o.operators) l group by 1) e) end`;
