import type { CampaignPerson, CampaignSummary } from '#shared/api/campaigns.ts';
import type { CampaignPersonRow } from './campaign-people.repository.ts';
import type { CampaignRow } from './campaigns.repository.ts';

/** A campaign as the API tells it. */
export function toSummary(row: CampaignRow): CampaignSummary {
  const { id, name, status, sender, audience, schedule, number, people, waiting } = row;
  return {
    ...{ id, name, status, sender, audience, schedule, number, people, waiting },
    flow: { id: row.flow_id, name: row.flow_name, version: row.version, newest: row.newest },
    perMinute: row.per_minute,
    startsAt: row.starts_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    beganAt: row.began_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    trouble: row.trouble,
    triedAgainAt: row.trouble === 'fault' ? row.next_at.toISOString() : null,
    missed: row.missed,
  };
}

/** Somebody of a campaign as the API tells it. */
export const toPerson = (row: CampaignPersonRow): CampaignPerson => ({
  phone: row.phone,
  outcome: row.outcome,
  reason: row.reason,
  contactId: row.contact_id,
  runId: row.run_id,
  at: row.decided_at?.toISOString() ?? null,
});
