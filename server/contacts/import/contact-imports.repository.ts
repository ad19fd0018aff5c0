import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ConsentState } from '#flows/engine/consent/list-consent.ts';
import type { ListPolicy } from '#flows/engine/consent/terms.ts';
import { newId } from '../../common/ids.ts';
import { inTurns } from '../../common/in-turns.ts';
import { unlessAgain } from '../../database/unless-again.ts';
import type { Imported } from './read-import.ts';

/** A list as an import has to know it. */
export interface ImportedList extends ListPolicy {
  /** A consent lapses so many days after it was given; null: never. */
  lastsDays: number | null;
  impliedDays: number | null;
}

/** How somebody of the file stands to the list and to us. */
export interface Standing {
  phone: string;
  consent: ConsentState;
  /** Whether they said STOP to any program. */
  stopped: boolean;
  /** The highest age that they answered to have; null: none. */
  age: number | null;
}

/** People written at once: what they have is put into words for the database at a stretch. */
const AT_ONCE = 50;

/** Writes people of a file, and reads how they stand. */
@Injectable()
export class ContactImportsRepository {
  constructor(private readonly database: DataSource) {}

  async list(workspaceId: string, key: string): Promise<ImportedList | null> {
    const [row]: ImportedList[] = await this.database.query(
      `select opt_in as "optIn", basis, lasts_days as "lastsDays", implied_days as "impliedDays", minimum_age as "minimumAge", countries
       from lists where workspace_id = $1 and key = $2`,
      [workspaceId, key],
    );
    return row ?? null;
  }

  async known(workspaceId: string, phones: readonly string[]): Promise<number> {
    const [row]: { known: number }[] = await this.database.query(
      'select count(*)::int as known from contacts where workspace_id = $1 and phone = any($2)',
      [workspaceId, phones],
    );
    return row?.known ?? 0;
  }

  /** Adds who is new; everybody gets what the file says, and keeps what it does not. Returns how many are new. */
  async save(workspaceId: string, people: readonly Imported[], at: number): Promise<number> {
    const sorted = [...people].sort((a, b) => (a.phone < b.phone ? -1 : 1));
    let added = 0;
    for (const some of inTurns(sorted, AT_ONCE)) added += await this.saveSome(workspaceId, some, at);
    return added;
  }

  private async saveSome(workspaceId: string, sorted: readonly Imported[], at: number): Promise<number> {
    const phones = sorted.map(({ phone }) => phone);
    const added: unknown[] = await unlessAgain(() =>
      this.database.query(
        `insert into contacts (workspace_id, id, phone, fields, tags, created_at)
         select $1, n.id, n.phone, '{}', '{}', $4 from unnest($2::uuid[], $3::text[]) n(id, phone)
         on conflict do nothing returning id`,
        [workspaceId, sorted.map(() => newId(at)), phones, new Date(at)],
      ),
    );
    await unlessAgain(() =>
      this.database.query(UPDATE, [
        workspaceId,
        phones,
        sorted.map(({ language }) => language),
        sorted.map(({ tags }) => JSON.stringify(tags)),
        sorted.map(({ fields }) => JSON.stringify(fields)),
      ]),
    );
    return added.length;
  }

  standings(workspaceId: string, list: string, phones: readonly string[]): Promise<Standing[]> {
    return this.database.query(
      `select c.phone, coalesce(s.state, 'none') as consent, exists (
         select 1 from consents p where p.workspace_id = c.workspace_id and p.contact_id = c.id
           and p.scope like 'program:%' and p.state = 'stopped') as stopped, (
         select max(substr(a.scope, 5)::int) from consents a where a.workspace_id = c.workspace_id and a.contact_id = c.id
           and a.scope like 'age:%' and a.state = 'confirmed') as age
       from contacts c left join consents s
         on s.workspace_id = c.workspace_id and s.contact_id = c.id and s.scope = 'list:' || $2
       where c.workspace_id = $1 and c.phone = any($3)`,
      [workspaceId, list, phones],
    );
  }
}

/** Who would stay as they are is not written. */
const UPDATE = `update contacts c set language = n.language, tags = n.tags, fields = n.fields
  from (
    select k.id, coalesce(f.language, k.language) as language, k.fields || f.fields as fields,
      k.tags || array(select t from jsonb_array_elements_text(f.tags) t where t <> all (k.tags)) as tags
    from unnest($2::text[], $3::text[], $4::jsonb[], $5::jsonb[]) f(phone, language, tags, fields)
    join contacts k on k.workspace_id = $1 and k.phone = f.phone
    order by k.id for update of k
  ) n
  where c.workspace_id = $1 and c.id = n.id
    and (c.language, c.tags, c.fields) is distinct from (n.language, n.tags, n.fields)`;
