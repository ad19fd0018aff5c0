import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type CampaignPeopleFilter,
  type CampaignsFilter,
  getCampaign,
  getCampaignFindings,
  getCampaignPreview,
  listCampaignPeople,
  listCampaigns,
} from '../api/campaigns.ts';

/** Everything about campaigns; the server says when it has changed. */
export const CAMPAIGNS_KEY = ['campaigns'] as const;

export const campaignsQuery = (filter: CampaignsFilter) =>
  queryOptions({
    queryKey: [...CAMPAIGNS_KEY, 'list', filter],
    queryFn: ({ signal }) => listCampaigns(filter, signal),
    placeholderData: keepPreviousData,
  });

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: [...CAMPAIGNS_KEY, 'one', id],
    queryFn: ({ signal }) => getCampaign(id, signal),
  });

export const campaignPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: [...CAMPAIGNS_KEY, 'one', id, 'preview'],
    queryFn: ({ signal }) => getCampaignPreview(id, signal),
  });

/** What is wrong with the flows of campaigns; to be asked for anew when one begins another flow or version. */
export const FINDINGS_KEY = ['campaign-findings'] as const;

/** How a campaign goes changes nothing about it, so that its key is another; it is asked for when the page is opened. */
export const campaignFindingsQuery = (id: string) =>
  queryOptions({
    queryKey: [...FINDINGS_KEY, id],
    queryFn: ({ signal }) => getCampaignFindings(id, signal),
  });

export const campaignPeopleQuery = (id: string, filter: CampaignPeopleFilter) =>
  queryOptions({
    queryKey: [...CAMPAIGNS_KEY, 'one', id, 'people', filter],
    queryFn: ({ signal }) => listCampaignPeople(id, filter, signal),
    placeholderData: keepPreviousData,
  });
