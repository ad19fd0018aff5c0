import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A code that was redeemed, of which its person's conversations have not heard; leased to this process for half a minute. */
export interface Redemption {
  workspaceId: string;
  pool: string;
  code: string;
  phone: string;
  /** The end of the lease, which tells this telling from a later one. */
  tellAt: Date;
}

const LEASE_SECONDS = 30;

/** Keeps which redemptions are still to be told to conversations. */
@Injectable()
export class RedemptionsRepository {
  constructor(private readonly database: DataSource) {}

  /** Claims redemptions that are to be told, the oldest first. */
  async claimUntold(now: Date, most: number): Promise<Redemption[]> {
    const [claimed]: [Redemption[], number] = await this.database.query(
      `update voucher_codes v set tell_at = $1::timestamptz + interval '${LEASE_SECONDS} seconds' from contacts c
       where v.ctid = any(array(
           select u.ctid from voucher_codes u where u.tell_at <= $1 order by u.tell_at limit $2 for update skip locked))
         and c.workspace_id = v.workspace_id and c.id = v.contact_id
       returning v.workspace_id as "workspaceId", v.pool, v.code, c.phone, v.tell_at as "tellAt"`,
      [now, most],
    );
    return claimed;
  }

  /** Null: it was told. */
  async tellNext({ workspaceId, pool, code, tellAt }: Redemption, at: Date | null): Promise<void> {
    await this.database.query(
      'update voucher_codes set tell_at = $5 where workspace_id = $1 and pool = $2 and code = $3 and tell_at = $4',
      [workspaceId, pool, code, tellAt, at],
    );
  }
}
