import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type FlowsFilter,
  getConversations,
  getFlow,
  getTraffic,
  getVersion,
  getWorlds,
  listFlows,
  listTemplates,
  listVersions,
} from '../api/flows.ts';
import { getWordStanding } from '../api/keywords.ts';

/** Everything about flows; invalidate it when something that the list shows has changed. */
export const FLOWS_KEY = ['flows'] as const;

/** One page of flows. The page before stays on screen while the next one comes. */
export const flowsQuery = (filter: FlowsFilter) =>
  queryOptions({
    queryKey: [...FLOWS_KEY, 'list', filter],
    queryFn: ({ signal }) => listFlows(filter, signal),
    placeholderData: keepPreviousData,
  });

export const flowQuery = (id: string) =>
  queryOptions({ queryKey: [...FLOWS_KEY, 'one', id], queryFn: ({ signal }) => getFlow(id, signal) });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...FLOWS_KEY, 'one', id, 'versions'],
    queryFn: ({ signal }) => listVersions(id, signal),
  });

/** A published version; its bytes never change, so it is asked for once. */
export const versionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: [...FLOWS_KEY, 'one', id, 'versions', number],
    queryFn: ({ signal }) => getVersion(id, number, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The golden conversations of the draft. */
export const conversationsQuery = (id: string) =>
  queryOptions({
    queryKey: [...FLOWS_KEY, 'one', id, 'conversations'],
    queryFn: ({ signal }) => getConversations(id, signal),
  });

/** What the draft is proved against; other flows change it, so it is asked for again now and then. */
export const worldsQuery = (id: string) =>
  queryOptions({
    queryKey: [...FLOWS_KEY, 'one', id, 'worlds'],
    queryFn: ({ signal }) => getWorlds(id, signal),
    staleTime: 30_000,
  });

export const trafficQuery = (id: string) =>
  queryOptions({
    queryKey: [...FLOWS_KEY, 'one', id, 'traffic'],
    queryFn: ({ signal }) => getTraffic(id, signal),
  });

export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => listTemplates(signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** How a word stands as the start of a flow, or of a new one; what is published meanwhile changes it. */
export const wordStandingQuery = (word: string, flowId?: string) =>
  queryOptions({
    queryKey: [...FLOWS_KEY, 'word', word, flowId],
    queryFn: ({ signal }) => getWordStanding({ word, flow: flowId }, signal),
  });
