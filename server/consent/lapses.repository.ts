import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type HeldConsent, lapsesAt, type ListPolicy, policyFor } from '#flows/engine/consent/terms.ts';
import { BEFORE_ALL } from '../common/ids.ts';
import { unlessAgain } from '../database/unless-again.ts';

/** At once, so that a list whose terms were changed lapses in good order. */
const AT_ONCE = 200;
const PAGE = 2_000;

/** A consent that is over. */
export interface Overdue {
  workspaceId: string;
  senderId: string;
  phone: string;
  list: string;
  from: 'pending' | 'confirmed';
  /** Where it stands in the order in which they are met. */
  mark: string;
}

/** A list whose stored consents still lapse by its old terms. */
export interface ChangedList extends ListPolicy {
  workspaceId: string;
  key: string;
  changed: string;
}

interface Held extends HeldConsent {
  contactId: string;
  phone: string;
  since: number;
}

/** Finds consents that are over, and works out when those of a list are. */
@Injectable()
export class LapsesRepository {
  constructor(private readonly database: DataSource) {}

  /** Some that are over, by the time they are and after `mark`. Workspaces without a sender send nothing, and wait. */
  due(now: number, mark: string | null): Promise<Overdue[]> {
    const [at = '-infinity', contactId = BEFORE_ALL] = mark?.split('|') ?? [];
    return this.database.query(
      `select c.workspace_id as "workspaceId", s.id as "senderId", p.phone, substr(c.scope, 6) as list, c.state as "from",
         c.lapses_at::text || '|' || c.contact_id as mark
       from consents c
       join contacts p on p.workspace_id = c.workspace_id and p.id = c.contact_id and p.number_print is null
       cross join lateral (select id from senders s where s.workspace_id = c.workspace_id order by id limit 1) s
       where c.lapses_at <= $1 and (c.lapses_at, c.contact_id) > ($2::timestamptz, $3::uuid)
         and c.scope like 'list:%' and c.state in ('pending', 'confirmed')
       order by c.lapses_at, c.contact_id limit ${AT_ONCE}`,
      [new Date(now), at, contactId],
    );
  }

  changedLists(): Promise<ChangedList[]> {
    return this.database.query(
      `select workspace_id as "workspaceId", key, terms_changed_at::text as changed, opt_in as "optIn", basis,
         lasts_days as "lastsDays", implied_days as "impliedDays", asks_hours as "asksHours", countries
       from lists where terms_changed_at is not null order by workspace_id, key`,
    );
  }

  /** Works out anew when some of a list's consents lapse, in the order of their contacts. Returns the last one's, null after the end. */
  async retimeSome(list: ChangedList, after: string | null): Promise<string | null> {
    const held: Held[] = await this.database.query(
      `select c.contact_id as "contactId", p.phone, c.state, c.because, (extract(epoch from c.since) * 1000)::float8 as since
       from consents c join contacts p on p.workspace_id = c.workspace_id and p.id = c.contact_id
       where c.workspace_id = $1 and c.contact_id > $3 and c.scope = $2 and c.state in ('pending', 'confirmed')
       order by c.contact_id limit ${PAGE}`,
      [list.workspaceId, `list:${list.key}`, after ?? BEFORE_ALL],
    );
    const times = held.map((one) => lapsesAt(one, policyFor(list, one.phone)));
    await unlessAgain(() =>
      this.database.query(RETIME, [
        list.workspaceId,
        `list:${list.key}`,
        held.map(({ contactId }) => contactId),
        held.map(({ since }) => new Date(since)),
        times.map((time) => (time === null ? null : new Date(time))),
      ]),
    );
    return held.at(-1)?.contactId ?? null;
  }

  /** Every consent of the list lapses by these terms now, unless they were changed again. */
  async settle({ workspaceId, key, changed }: ChangedList): Promise<void> {
    await this.database.query(
      'update lists set terms_changed_at = null where workspace_id = $1 and key = $2 and terms_changed_at = $3::timestamptz',
      [workspaceId, key, changed],
    );
  }
}

/** Those that moved meanwhile lapse by the terms under which they did. */
const RETIME = `update consents c set lapses_at = n.lapses_at
  from (select * from unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[]) n(contact_id, since, lapses_at) order by 1) n
  where c.workspace_id = $1 and c.contact_id = n.contact_id and c.scope = $2 and c.since = n.since
    and c.lapses_at is distinct from n.lapses_at`;
