import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A tenant: its flows, contacts, senders and people. */
@Entity('workspaces')
export class WorkspaceEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'time_zone' })
  timeZone!: string;

  @Column('boolean', { name: 'sending_stopped' })
  sendingStopped!: boolean;

  /** How much marketing one person gets at most, in 24 hours and in 7 days. */
  @Column('smallint', { name: 'marketing_a_day', nullable: true })
  marketingADay!: number | null;

  @Column('smallint', { name: 'marketing_a_week', nullable: true })
  marketingAWeek!: number | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
