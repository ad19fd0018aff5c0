import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The list of entries of a draw is fixed bit by bit, so that a large one holds up nobody and goes on after a crash; what is fixed when
 * it was asked for, such as the countries people may be from, stays so until it is done. Assumes nothing about stored rows.
 */
export class ListsInParts1763000000031 implements MigrationInterface {
  readonly name = 'ListsInParts1763000000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table contest_listings (
      workspace_id uuid not null,
      contest text not null,
      number integer not null,
      winners integer not null,
      reserves integer not null,
      because text,
      closed_at timestamptz not null,
      countries text[] not null,
      excluded_tags text[] not null,
      minimum_age smallint,
      public_source text,
      asked_at timestamptz not null,
      asked_by text not null,
      -- How far it is: behind whom it goes on, how many entries were looked at, and how many of those take part.
      after uuid not null default '00000000-0000-0000-0000-000000000000',
      looked integer not null default 0,
      entries integer not null default 0,
      -- Why it is not done: nobody takes part, or it failed and is tried again at that time.
      trouble text check (trouble in ('nobody', 'fault')),
      rests_until timestamptz,
      primary key (workspace_id, contest),
      foreign key (workspace_id, contest) references contests
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `delete from contest_draw_lists l using contest_listings g
       where (l.workspace_id, l.contest, l.number) = (g.workspace_id, g.contest, g.number)`,
    );
    await runner.query(
      `delete from contest_draw_left_out o using contest_listings g
       where (o.workspace_id, o.contest, o.number) = (g.workspace_id, g.contest, g.number)`,
    );
    await runner.query('drop table contest_listings');
  }
}
