import {
  type AddPeople,
  type Campaign,
  type CampaignPeopleQuery,
  type CampaignPerson,
  type CampaignPreview,
  type CampaignsQuery,
  type CampaignSummary,
  type CreateCampaignInput,
  campaignPeoplePageSchema,
  campaignPreviewSchema,
  campaignSchema,
  campaignsPageSchema,
  type PeopleAdded,
  peopleAddedSchema,
  type UpdateCampaignInput,
} from '#shared/api/campaigns.ts';
import { type Created, createdSchema, type Page } from '#shared/api/common.ts';
import { type ProblemIssue, problemIssueSchema } from '#shared/api/problem.ts';
import { z } from 'zod';
import { get, send, sendOnly } from './http.ts';

export type CampaignsFilter = Partial<CampaignsQuery>;

export type CampaignPeopleFilter = Partial<CampaignPeopleQuery>;

export const listCampaigns = (
  filter: CampaignsFilter,
  signal?: AbortSignal,
): Promise<Page<CampaignSummary>> =>
  get('/api/campaigns', campaignsPageSchema, { query: { ...filter }, signal });

export const getCampaign = (id: string, signal?: AbortSignal): Promise<Campaign> =>
  get(`/api/campaigns/${id}`, campaignSchema, { signal });

export const getCampaignPreview = (id: string, signal?: AbortSignal): Promise<CampaignPreview> =>
  get(`/api/campaigns/${id}/preview`, campaignPreviewSchema, { signal });

export const getCampaignFindings = (id: string, signal?: AbortSignal): Promise<ProblemIssue[]> =>
  get(`/api/campaigns/${id}/findings`, z.array(problemIssueSchema), { signal });

export const listCampaignPeople = (
  id: string,
  filter: CampaignPeopleFilter,
  signal?: AbortSignal,
): Promise<Page<CampaignPerson>> =>
  get(`/api/campaigns/${id}/people`, campaignPeoplePageSchema, { query: { ...filter }, signal });

export const createCampaign = (input: CreateCampaignInput): Promise<Created> =>
  send('POST', '/api/campaigns', input, createdSchema);

export const addCampaignPeople = (id: string, people: AddPeople['people']): Promise<PeopleAdded> =>
  send('POST', `/api/campaigns/${id}/people`, { people }, peopleAddedSchema);

/** Changes a draft. Refused with 409 when somebody else changed it since `revision`. */
export const updateCampaign = (id: string, input: UpdateCampaignInput): Promise<void> =>
  sendOnly('PUT', `/api/campaigns/${id}`, input);

/** Begins it or goes on with it, unless it is another than the one that was read. */
export const beginCampaign = (id: string, revision: string): Promise<void> =>
  sendOnly('POST', `/api/campaigns/${id}/begin`, { revision });

/** Pauses it, leaves out who has not had their turn, or makes one that waits a draft again. */
export const moveCampaign = (id: string, act: 'pause' | 'cancel' | 'reopen'): Promise<void> =>
  sendOnly('POST', `/api/campaigns/${id}/${act}`, {});

export const removeCampaign = (id: string): Promise<void> => sendOnly('DELETE', `/api/campaigns/${id}`);
