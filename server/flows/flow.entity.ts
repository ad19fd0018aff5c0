import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { SavedConversation } from '#shared/api/conversations.ts';
import type { FlowStatus } from '#shared/api/flows.ts';
import { PersonEntity } from '../accounts/person.entity.ts';

/** A flow and its one draft. */
@Entity('flows')
export class FlowEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  /** As the draft says. */
  @Column('text')
  name!: string;

  @Column('text')
  status!: FlowStatus;

  @Column('jsonb')
  draft!: object;

  /** Counts saves; a save has to name the one it follows. */
  @Column('integer', { name: 'draft_revision' })
  draftRevision!: number;

  /** Who made that revision; null where nobody knows. */
  @Column('uuid', { name: 'draft_saved_by', nullable: true })
  draftSavedBy!: string | null;

  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'draft_saved_by' })
  draftSaver?: Relation<PersonEntity> | null;

  /** The golden conversations of the draft. */
  @Column('jsonb')
  conversations!: SavedConversation[];

  /** Counts their saves, apart from the draft's. */
  @Column('integer', { name: 'conversations_revision' })
  conversationsRevision!: number;

  /** The newest published version, which new runs start on. */
  @Column('uuid', { name: 'version_id', nullable: true })
  versionId!: string | null;

  /** Whether the draft's logic differs from that version. */
  @Column('boolean')
  changed!: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
