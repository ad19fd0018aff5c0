import type { GatewayKind } from '#shared/api/gateways.ts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account at a carrier or aggregator. `key` is the secret in the address it posts to; `config` is its kind's own. */
@Entity('gateways')
export class GatewayEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  kind!: GatewayKind;

  @Column('text')
  key!: string;

  @Column('jsonb')
  config!: {
    sendUrl?: string | null;
    secret?: string | null;
    partsSeconds?: number;
    repeatSeconds?: number;
    mostAtOnce?: number | null;
    perSecond?: number | null;
  };

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
