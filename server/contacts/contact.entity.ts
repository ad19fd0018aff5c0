import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scalar } from '#flows/engine/effects.ts';

/** A phone number in a workspace, and what we know of whoever has it. */
@Entity('contacts')
export class ContactEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  /** E.164. */
  @Column('text')
  phone!: string;

  @Column('text', { nullable: true })
  language!: string | null;

  @Column('jsonb')
  fields!: Record<string, Scalar>;

  @Column('text', { array: true })
  tags!: string[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
