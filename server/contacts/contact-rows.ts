import type { Scalar } from '#flows/engine/effects.ts';
import type { ContactSummary } from '#shared/api/contacts.ts';
import { contactNameSql } from '../database/contact-name.ts';

/** A contact as the queries of this folder select it. */
export interface ContactRow {
  id: string;
  phone: string;
  name: string | null;
  language: string | null;
  fields: Record<string, Scalar>;
  tags: string[];
  stopped: string[];
  frozen: string[];
  lists: ContactSummary['lists'];
  created_at: Date;
  last_text_at: Date | null;
}

/** The name of `c`, a row of contacts. */
export const NAME_SQL = contactNameSql('c.fields');

/**
 * Selects ContactRow from these rows of contacts. What a list shows is cut out of the contacts before: what belongs to those on the pages
 * before would be looked up as well.
 */
export const selectContact = (
  contacts: string,
): string => `select c.id, c.phone, ${NAME_SQL} as name, c.language, c.fields, c.tags, c.created_at,
    (select coalesce(json_agg(p.name order by p.name), '[]') from consents s join programs p on s.scope = 'program:' || p.id
      where s.workspace_id = c.workspace_id and s.contact_id = c.id and s.state = 'stopped') as stopped,
    (select coalesce(json_agg(p.name order by p.name), '[]') from consents s join programs p on s.scope = 'program:' || p.id
      where s.workspace_id = c.workspace_id and s.contact_id = c.id and s.state = 'frozen') as frozen,
    (select coalesce(json_agg(json_build_object('key', l.key, 'name', l.name, 'state', s.state,
        'basis', case when s.because = 'implied' then 'implied' else 'express' end, 'lapsesAt', s.lapses_at) order by l.name), '[]')
      from consents s join lists l on l.workspace_id = s.workspace_id and s.scope = 'list:' || l.key
      where s.workspace_id = c.workspace_id and s.contact_id = c.id and s.state in ('pending', 'confirmed', 'revoked', 'expired')) as lists,
    (select i.received_at from inbound i where i.workspace_id = c.workspace_id and i.contact_id = c.id
      order by i.id desc limit 1) as last_text_at
  from (${contacts}) c`;

/** A row as the API tells it. */
export function toSummary(row: ContactRow): ContactSummary {
  const { id, phone, name, language, stopped, frozen, lists, tags } = row;
  return {
    id,
    phone,
    name,
    language,
    stopped,
    frozen,
    lists,
    tags,
    createdAt: row.created_at.toISOString(),
    lastTextAt: row.last_text_at?.toISOString() ?? null,
  };
}
