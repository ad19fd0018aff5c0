import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { GatewayEntity } from '../gateways/gateway.entity.ts';
import { ProgramEntity } from '../programs/program.entity.ts';

/** A number or name that a gateway sends from and receives at. */
@Entity('senders')
export class SenderEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @Column('uuid', { name: 'gateway_id' })
  gatewayId!: string;

  @ManyToOne(() => GatewayEntity)
  @JoinColumn({ name: 'gateway_id' })
  gateway?: Relation<GatewayEntity>;

  @Column('uuid', { name: 'program_id' })
  programId!: string;

  @ManyToOne(() => ProgramEntity)
  @JoinColumn({ name: 'program_id' })
  program?: Relation<ProgramEntity>;

  @Column('text')
  address!: string;

  @Column('text')
  kind!: 'short-code' | 'long-number' | 'toll-free' | 'alphanumeric';

  /** ISO 3166 alpha-2; decides the reserved words. */
  @Column('text')
  country!: string;

  /** Countries it may text; none means its own alone, "*" all. */
  @Column('text', { array: true })
  destinations!: string[];

  @Column('smallint', { name: 'most_segments' })
  mostSegments!: number;

  @Column('int', { name: 'most_a_day', nullable: true })
  mostADay!: number | null;

  @Column('text', { name: 'over_day' })
  overDay!: 'tomorrow' | 'fail';

  @Column('int', { name: 'valid_minutes', nullable: true })
  validMinutes!: number | null;

  @Column('real', { name: 'per_second', nullable: true })
  perSecond!: number | null;

  /** A campaign registered with the operators: its senders share one pace and one ceiling a day. */
  @Column('text', { nullable: true })
  campaign!: string | null;

  /** How much and how fast it may send to single operators. */
  @Column('jsonb')
  operators!: { operator: string; perSecond: number | null; mostADay: number | null }[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
