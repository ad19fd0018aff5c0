import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What a sender is for, and its own words for HELP, STOP and START; an empty text means the country's standard words. Without a
 * text for AGENT that word means nothing.
 */
@Entity('programs')
export class ProgramEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  brand!: string;

  @Column('text')
  language!: string;

  @Column('text')
  contact!: string;

  @Column('text', { name: 'help_text' })
  helpText!: string;

  @Column('text', { name: 'stop_text' })
  stopText!: string;

  @Column('text', { name: 'start_text' })
  startText!: string;

  @Column('text', { name: 'agent_text' })
  agentText!: string;

  @Column('text', { name: 'closed_text' })
  closedText!: string;

  @Column('text')
  frequency!: string;

  @Column('text', { name: 'terms_url' })
  termsUrl!: string;

  @Column('text', { name: 'privacy_url' })
  privacyUrl!: string;

  @Column('text', { name: 'stop_address' })
  stopAddress!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
