import { Injectable } from '@nestjs/common';
import { Transactions } from '../database/transactions.ts';

/** A sender, standing for its program. */
export interface StoppedAt {
  workspaceId: string;
  senderId: string;
}

/** Reads whom a list of numbers concerns. */
@Injectable()
export class StopListRepository {
  constructor(private readonly transactions: Transactions) {}

  /** The senders with this address, in every workspace. */
  sendersAt(address: string): Promise<StoppedAt[]> {
    return this.transactions.manager.query(
      'select workspace_id as "workspaceId", id as "senderId" from senders where address = $1 order by workspace_id, id',
      [address],
    );
  }

  /** One sender of each program of the workspaces that know some of these numbers, with those that it knows. */
  knownTo(phones: readonly string[]): Promise<(StoppedAt & { phones: string[] })[]> {
    return this.transactions.manager.query(
      `select s."workspaceId", s."senderId", array_agg(c.phone order by c.phone) as phones
       from contacts c cross join lateral (
         select distinct on (s.program_id) s.workspace_id as "workspaceId", s.id as "senderId"
         from senders s where s.workspace_id = c.workspace_id order by s.program_id, s.id) s
       where c.phone = any($1) group by 1, 2 order by 1, 2`,
      [phones],
    );
  }

  /** Which of these numbers have stopped the sender's program already; whoever was erased is known by the print of their number. */
  async stopped({ workspaceId, senderId }: StoppedAt, phones: readonly string[]): Promise<Set<string>> {
    const rows: { phone: string }[] = await this.transactions.manager.query(
      `select k.phone from unnest($3::text[]) k(phone)
         join contacts c on c.workspace_id = $1::uuid and (c.phone = k.phone or c.number_print = number_print($1::uuid, k.phone))
         join senders s on s.id = $2
         join consents p on p.workspace_id = c.workspace_id and p.contact_id = c.id and p.scope = 'program:' || s.program_id
       where p.state = 'stopped'`,
      [workspaceId, senderId, phones],
    );
    return new Set(rows.map(({ phone }) => phone));
  }
}
