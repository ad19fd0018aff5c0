import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ListTerms } from '#flows/engine/consent/terms.ts';

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
  countries!: Readonly<Record<string, Partial<ListTerms>>>;

  @Column('text')
  basis!: 'express' | 'implied';

  @Column('integer', { name: 'lasts_days', nullable: true })
  lastsDays!: number | null;

  @Column('integer', { name: 'implied_days', nullable: true })
  impliedDays!: number | null;

  @Column('smallint', { name: 'minimum_age', nullable: true })
  minimumAge!: number | null;

  @Column('integer', { name: 'asks_hours', nullable: true })
  asksHours!: number | null;

  /** Set until the consents that are stored lapse by the terms as they are now. */
  @Column('timestamptz', { name: 'terms_changed_at', nullable: true })
  termsChangedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
