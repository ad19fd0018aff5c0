import type { Campaign, CreateCampaignInput } from '#shared/api/campaigns.ts';
import {
  addCampaignPeople,
  createCampaign,
  getCampaign,
  removeCampaign,
  updateCampaign,
} from '../../lib/api/campaigns.ts';
import type { PeopleFile } from './read-people-file.ts';

/** People of a file that go to the server at once. */
const PART = 2_000;

export interface CampaignSaving {
  input: CreateCampaignInput;
  /** The draft that is changed; left out, one is made. */
  before?: Campaign;
  /** The numbers it is for from now on, where others were chosen. */
  file: PeopleFile | null;
  onUploaded: (people: number) => void;
  /** A draft is as it is to be, and numbers follow. */
  onWritten?: (now: Campaign) => void;
}

/** What was saved, and what stood in the file where a phone number should. */
export interface SavedCampaign {
  id: string;
  wrong: readonly string[];
}

/** Saves a draft, and then the numbers of its file part by part. */
export async function saveCampaign({
  input,
  before,
  file,
  onUploaded,
  onWritten,
}: CampaignSaving): Promise<SavedCampaign> {
  const id = before?.id ?? (await createCampaign(input)).id;
  const people = input.audience.kind === 'file' && file ? file.people : [];
  if (before) {
    await updateCampaign(id, {
      ...input,
      perMinute: input.perMinute ?? before.perMinute,
      schedule: input.schedule ?? before.schedule,
      revision: before.revision,
      emptied: people.length > 0,
    });
    if (people.length > 0) onWritten?.(await getCampaign(id));
  }
  try {
    const wrong: string[] = [];
    for (let at = 0; at < people.length; at += PART) {
      const part = people.slice(at, at + PART);
      const added = await addCampaignPeople(id, part);
      wrong.push(...added.wrong.map((row) => part[row]?.phone ?? ''));
      onUploaded(Math.min(at + PART, people.length));
    }
    return { id, wrong };
  } catch (cause) {
    // Whoever tries again shall not find this one beside it, with half of the people.
    if (!before) await removeCampaign(id).catch(() => undefined);
    throw cause;
  }
}
