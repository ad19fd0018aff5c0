import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What people consent to, and what joining it asks for. */
@Entity('lists')
export class ListEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('text')
  key!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'opt_in' })
  optIn!: 'single' | 'double';

  /** By country of the person's number. */
  @Column('jsonb')
  countries!: Readonly<Record<string, { optIn: 'single' | 'double' }>>;

  @Column('integer', { name: 'lasts_days', nullable: true })
  lastsDays!: number | null;

  @Column('integer', { name: 'asks_hours', nullable: true })
  asksHours!: number | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
