import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { countsAs } from '../../outbound/counts-as.ts';
import { Transactions } from '../../database/transactions.ts';
import { SenderEntity } from './sender.entity.ts';

type Row = Omit<SenderEntity, 'gateway' | 'program'>;

/** Reads and writes senders. */
@Injectable()
export class SendersRepository {
  constructor(private readonly transactions: Transactions) {}

  private get senders(): Repository<SenderEntity> {
    return this.transactions.repository(SenderEntity);
  }

  inWorkspace(workspaceId: string): Promise<SenderEntity[]> {
    return this.senders.find({
      where: { workspaceId },
      relations: { gateway: true, program: true },
      order: { address: 'ASC' },
    });
  }

  find(workspaceId: string, id: string): Promise<SenderEntity | null> {
    return this.senders.findOneBy({ workspaceId, id });
  }

  async add(sender: Row): Promise<void> {
    await this.senders.insert(sender);
  }

  async change(workspaceId: string, id: string, change: Partial<Row>): Promise<boolean> {
    if (Object.keys(change).length === 0) return this.senders.existsBy({ workspaceId, id });
    const { affected } = await this.senders.update({ workspaceId, id }, change);
    return affected === 1;
  }

  async remove(workspaceId: string, id: string): Promise<void> {
    await this.senders.delete({ workspaceId, id });
  }

  /** What senders have sent on the present day of their workspace's zone, those of a registered campaign together. */
  async sentToday(workspaceId: string, now: Date): Promise<Map<string, number>> {
    const rows: { sender_id: string; texts: number }[] = await this.transactions.manager.query(
      `select s.id as sender_id, d.texts from senders s join workspaces w on w.id = s.workspace_id
       join sent_days d on d.workspace_id = s.workspace_id and d.sender_id = ${countsAs('s')}
       where s.workspace_id = $1 and d.operator = '' and d.day = ($2::timestamptz at time zone w.time_zone)::date`,
      [workspaceId, now],
    );
    return new Map(rows.map((row) => [row.sender_id, row.texts]));
  }

  /** How many people are in a conversation on this sender. */
  async countOpenRuns(workspaceId: string, id: string): Promise<number> {
    const [row]: { count: number }[] = await this.transactions.manager.query(
      `select count(*)::int as count from runs where workspace_id = $1 and sender_id = $2 and status <> 'ended'`,
      [workspaceId, id],
    );
    return row?.count ?? 0;
  }

  /** How many people have said STOP to a program, or may have. */
  async countStopped(workspaceId: string, programId: string): Promise<number> {
    const [row]: { count: number }[] = await this.transactions.manager.query(
      `select count(*)::int as count from consents where workspace_id = $1 and scope = 'program:' || $2::text and state in ('stopped', 'frozen')`,
      [workspaceId, programId],
    );
    return row?.count ?? 0;
  }

  /** How many people's texts to a program may be a STOP and were not read yet, where it has no other sender than this one; else none. */
  async countUnread(workspaceId: string, { id, programId }: Pick<Row, 'id' | 'programId'>): Promise<number> {
    const [row]: { count: number }[] = await this.transactions.manager.query(
      `select count(*)::int as count from consents where workspace_id = $1 and scope = 'program:' || $2::text and state = 'frozen'
         and not exists (select 1 from senders where workspace_id = $1 and program_id = $2::uuid and id <> $3)`,
      [workspaceId, programId, id],
    );
    return row?.count ?? 0;
  }

  /** Another program for which this address has spoken, with how many people said STOP to that until the address left it, or may have. */
  async stoppedBefore(
    workspaceId: string,
    { address, programId }: Pick<Row, 'address' | 'programId'>,
  ): Promise<{ program: string; people: number } | null> {
    const [row]: { program: string; people: number }[] = await this.transactions.manager.query(
      `select p.name as program, count(*)::int as people
       from sender_addresses a
         join programs p on p.id = a.program_id
         join consents c on c.workspace_id = a.workspace_id and c.scope = 'program:' || a.program_id
           and c.state in ('stopped', 'frozen') and (a.until is null or c.since <= a.until + interval '5 minutes')
       where a.workspace_id = $1 and a.address_key = address_key($2) and a.program_id <> $3
       group by p.id, p.name order by p.name limit 1`,
      [workspaceId, address, programId],
    );
    return row ?? null;
  }
}
