import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the senders of a registered campaign have sent on a day stood under the first of them, and began anew when that was removed; now it
 * stands under the campaign. Assumes that they have all counted under the first there is.
 */
export class DaysOfCampaigns1763000000047 implements MigrationInterface {
  readonly name = 'DaysOfCampaigns1763000000047';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update sent_days d set sender_id = c.own from ${CAMPAIGNS} where d.workspace_id = c.workspace_id and d.sender_id = c.first`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update sent_days d set sender_id = c.first from ${CAMPAIGNS} where d.workspace_id = c.workspace_id and d.sender_id = c.own`,
    );
  }
}

const CAMPAIGNS = `(
  select workspace_id, min(id::text)::uuid as first, md5(workspace_id || ' ' || campaign)::uuid as own
  from senders where campaign is not null group by workspace_id, campaign) c`;
