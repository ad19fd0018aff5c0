import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { SavedConversation } from '#shared/api/conversations.ts';
import type { Doubt, ProofCertificate } from '#shared/api/flows.ts';
import { PersonEntity } from '../accounts/person.entity.ts';

/** A published version. Its bytes never change. */
@Entity('flow_versions')
export class FlowVersionEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @Column('uuid', { name: 'flow_id' })
  flowId!: string;

  /** 1, 2, 3 … within its flow. */
  @Column('integer')
  number!: number;

  @Column('json')
  definition!: object;

  /** What was proved of it when it was published, one for each world it lives in. */
  @Column('json')
  certificates!: ProofCertificate[];

  /** What it was published, or resumed, in spite of, each with its reason. */
  @Column('json')
  doubts!: Doubt[];

  /** The golden conversations it was published with. */
  @Column('json')
  conversations!: SavedConversation[];

  @Column('text', { nullable: true })
  note!: string | null;

  @Column('timestamptz', { name: 'published_at' })
  publishedAt!: Date;

  @Column('uuid', { name: 'published_by', nullable: true })
  publishedBy!: string | null;

  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'published_by' })
  publisher?: Relation<PersonEntity> | null;
}
