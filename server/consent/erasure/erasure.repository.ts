import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.ts';

/** Somebody who is to be forgotten. */
export interface Forgotten {
  workspaceId: string;
  contactId: string;
  phone: string;
}

/** Destroys what is known of a person. */
@Injectable()
export class ErasureRepository {
  constructor(private readonly transactions: Transactions) {}

  async phoneOf(workspaceId: string, contactId: string): Promise<string | null> {
    const [row]: { phone: string }[] = await this.transactions.manager.query(
      'select phone from contacts where workspace_id = $1 and id = $2 and number_print is null',
      [workspaceId, contactId],
    );
    return row?.phone ?? null;
  }

  /** Who has this number, in every workspace. */
  withPhone(phone: string): Promise<Forgotten[]> {
    return this.transactions.manager.query(
      'select workspace_id as "workspaceId", id as "contactId", phone from contacts where phone = $1',
      [phone],
    );
  }

  /** Workspaces in which this number stands in orders, such as a file of a campaign, and is nobody's yet. */
  async orderedIn(phone: string): Promise<string[]> {
    const rows: { id: string }[] = await this.transactions.manager.query(
      `select w.id from workspaces w where exists (select 1 from orders o where o.workspace_id = w.id and o.phone = $1)
         and not exists (select 1 from contacts c where c.workspace_id = w.id and c.phone = $1)`,
      [phone],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether this number has a consent that is to be taken back, or a text that may be a STOP. */
  async holdsConsent(workspaceId: string, phone: string): Promise<boolean> {
    const rows: unknown[] = await this.transactions.manager.query(
      `select 1 from contacts c join consents k on k.workspace_id = c.workspace_id and k.contact_id = c.id
       where c.workspace_id = $1 and c.phone = $2 and k.state in ('confirmed', 'pending', 'expired', 'frozen') limit 1`,
      [workspaceId, phone],
    );
    return rows.length > 0;
  }

  /** One sender of each program, for what is decided by program. */
  async senders(workspaceId: string): Promise<string[]> {
    const rows: { id: string }[] = await this.transactions.manager.query(
      'select distinct on (program_id) id from senders where workspace_id = $1 order by program_id, id',
      [workspaceId],
    );
    return rows.map(({ id }) => id);
  }

  /** Destroys it all in one transaction. False where something is under way with the person again, or a node is at work on it. */
  destroy({ workspaceId, contactId, phone }: Forgotten, at: Date): Promise<boolean> {
    return this.transactions.run(async () => {
      const { manager } = this.transactions;
      await this.awaitNewContacts(workspaceId);
      const held: unknown[] = await manager.query(
        'select 1 from contacts where workspace_id = $1 and id = $2 and phone = $3 for update',
        [workspaceId, contactId, phone],
      );
      await manager.query(BEGINNING, [workspaceId]);
      const busy: unknown[] = await manager.query(UNDER_WAY, [workspaceId, contactId]);
      if (held.length === 0 || busy.length > 0) return false;
      for (const statement of OF_CONTACT) await manager.query(statement, [workspaceId, contactId]);
      for (const statement of OF_NUMBER) await manager.query(statement, [workspaceId, contactId, phone]);
      await manager.query(NUMBER_ITSELF, [workspaceId, contactId, phone, at]);
      return true;
    });
  }

  /**
   * Whoever creates contacts asks once a transaction whether anybody was ever erased (`contact_returns`). Before the first time, those
   * under way are waited for, so that none of them brings the number back without its print.
   */
  private async awaitNewContacts(workspaceId: string): Promise<void> {
    const { manager } = this.transactions;
    const erased: unknown[] = await manager.query(
      'select 1 from contacts where workspace_id = $1 and number_print is not null limit 1',
      [workspaceId],
    );
    if (erased.length === 0) await manager.query('lock table contacts in share row exclusive mode');
  }
}

/**
 * Campaigns that begin right now, or are given the numbers of a file, write down whom they are for: they are waited for, and those that
 * would begin wait, also those that are drafts still.
 */
const BEGINNING = `select from campaigns where workspace_id = $1 and (status in ('draft', 'scheduled') or settled_to is not null)
  order by id for share`;

const UNDER_WAY = `
  select 1 from runs where workspace_id = $1 and contact_id = $2 and status <> 'ended'
  union all select 1 from backlog where workspace_id = $1 and contact_id = $2
  union all select 1 from outbox where workspace_id = $1 and contact_id = $2 limit 1`;

const MINE = 'workspace_id = $1 and contact_id = $2';

/**
 * Ids, times, states and hashes stay, so that counts and the ledger's chain hold; words, numbers and fields go. A long text whose
 * missing parts were waited for waits no more.
 */
const OF_CONTACT = [
  `update inbound set text = '', from_address = '', extra = null,
     reason = case when status = 'decided' then reason end, status = case when status = 'pending' then 'decided' else status end
   where ${MINE}`,
  // The words that were taken for a STOP are theirs.
  `update inbound set route = jsonb_set(route::jsonb, '{word}', '"STOP"')
   where ${MINE} and route::jsonb ->> 'by' = 'reserved' and route::jsonb ->> 'meaning' = 'stop'`,
  // Carriers like to say the number that they could not reach.
  `update outbound set text = '', reason = regexp_replace(reason, '[0-9][0-9 ().-]{5,}[0-9]', '…', 'g') where ${MINE}`,
  `update receipts r set detail = null from outbound o
   where o.workspace_id = $1 and o.contact_id = $2 and r.workspace_id = $1 and r.message_id = o.id and r.detail is not null`,
  // What went wrong in a conversation may be told in its words.
  `update trail t set steps = (
     select jsonb_agg(case when step ->> 'do' = 'failed' then step - 'fault' || '{"error": "erased"}' else step end order by at)
     from jsonb_array_elements(t.steps::jsonb) with ordinality s(step, at))
   from runs r where r.workspace_id = $1 and r.contact_id = $2 and t.workspace_id = $1 and t.run_id = r.id
     and t.steps::jsonb @> '[{"do": "failed"}]'`,
  `update runs set context = '{}', rest = null where ${MINE}`,
  // After what they were read from, or they could be written again meanwhile.
  `delete from survey_scores where ${MINE}`,
  `delete from calls where ${MINE}`,
  `delete from notices where ${MINE}`,
  `delete from link_clicks c using links l where l.code = c.code and l.workspace_id = $1 and l.contact_id = $2`,
  `delete from links where ${MINE}`,
  `delete from long_texts where ${MINE}`,
  `delete from contact_networks where ${MINE}`,
  `update consent_ledger set shown = null, evidence = null, salt = null, seal = coalesce(seal, '') where ${MINE}`,
  `update consent_reviews set words = null where ${MINE}`,
  `delete from consent_texts where ${MINE}`,
  // The lists of draws hold ids alone, so draws stay provable; what people wrote about somebody goes.
  `update contest_entries e set left_out = '' from contests k
   where k.workspace_id = $1 and e.workspace_id = $1 and e.contest = k.key and e.contact_id = $2 and e.left_out is not null`,
  `update contest_winners set because = null where ${MINE}`,
  `update contest_deeds set words = null where ${MINE}`,
  // What became of a code is counted; whose it was is not told any more.
  `update voucher_codes set contact_id = null, tell_at = null where ${MINE}`,
];

/** The digits of whom a text is from, without those that only say where it is dialled. */
const DIGITS = `ltrim(regexp_replace(from_address, '[^0-9]', '', 'g'), '0')`;

/**
 * What stands under the number rather than the contact. A text that nobody could place has it as the gateway wrote it, with its country
 * or without.
 */
const OF_NUMBER = [
  `update inbound set text = '', from_address = '', extra = null
   where workspace_id = $1 and status <> 'decided' and contact_id is null and $2::uuid is not null
     and length(${DIGITS}) >= 9 and ltrim($3, '+') like '%' || ${DIGITS}`,
  `update orders set phone = 'erased ' || id, fields = '{}', key = null, print = null,
     reason = case when outcome = 'failed' then null else reason end,
     outcome = coalesce(outcome, 'left-out'), decided_at = coalesce(decided_at, due_at)
   where workspace_id = $1 and $2::uuid is not null and phone = $3`,
  // What a newer version wrote, say, names them as every text does.
  `delete from inbound_log_unreadable
   where $2::uuid is not null and position(convert_to($1::uuid::text, 'UTF8') in data) > 0
     and position(convert_to($3::text, 'UTF8') in data) > 0`,
];

const NUMBER_ITSELF = `update contacts set phone = 'erased ' || id::text, number_print = number_print($1, $3), erased_at = $4,
   language = null, fields = '{}', tags = '{}'
  where workspace_id = $1 and id = $2`;
