import type { StreamableFile } from '@nestjs/common';
import type { CampaignPerson } from '#shared/api/campaigns.ts';
import { type Cell, csvFile } from '../common/csv.ts';

/** The people of a campaign as a file for spreadsheets. */
export const peopleFile = (people: AsyncGenerator<CampaignPerson>): Promise<StreamableFile> =>
  csvFile('campaign', ['phone', 'outcome', 'reason', 'at', 'conversation'], rows(people));

async function* rows(people: AsyncGenerator<CampaignPerson>): AsyncGenerator<Cell[]> {
  for await (const { phone, outcome, reason, at, runId } of people)
    yield [phone, outcome ?? 'waiting', reason, at, runId];
}
