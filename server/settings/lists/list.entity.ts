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

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
