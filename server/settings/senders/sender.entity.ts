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

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
