import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An A/B test: the step of the flow that draws it, and its arms as last published. */
@Entity('experiments')
export class ExperimentEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('text')
  key!: string;

  @Column('uuid', { name: 'flow_id' })
  flowId!: string;

  @Column('text')
  node!: string;

  @Column('text')
  name!: string;

  /** The first one is what the others are compared with. Weights are relative. */
  @Column('jsonb')
  arms!: { id: string; label: string; weight: number }[];

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;
}
