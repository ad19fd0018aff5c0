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

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
