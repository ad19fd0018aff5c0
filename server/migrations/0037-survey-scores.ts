import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The scores that people gave, beside the memory of the runs in which they gave them: reading 300,000 of those took seconds each time.
 * A block is all runs of a flow whose ids begin alike, made within some five hours; it is written once all of them are over, with how
 * many there were, so that one that comes into it later is noticed. Assumes that what a run remembers changes no more once it is over,
 * other than by its person's erasure.
 */
export class SurveyScores1763000000037 implements MigrationInterface {
  readonly name = 'SurveyScores1763000000037';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table survey_scores (
      workspace_id uuid not null,
      flow_id uuid not null,
      -- The name under which the flow keeps the score.
      answer text not null,
      contact_id uuid not null,
      run_id uuid not null,
      score smallint not null check (score between 0 and 10),
      ended_at timestamptz not null,
      primary key (workspace_id, flow_id, answer, contact_id, run_id) include (score, ended_at)
    )`);
    await runner.query('create index survey_scores_contact on survey_scores (contact_id)');
    await runner.query(`create table survey_blocks (
      workspace_id uuid not null,
      flow_id uuid not null,
      answer text not null,
      block text not null,
      runs integer not null,
      primary key (workspace_id, flow_id, answer, block)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table survey_blocks, survey_scores');
  }
}
