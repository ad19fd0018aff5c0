import { type Created, createdSchema, type Page } from '#shared/api/common.ts';
import {
  type GoldenSet,
  goldenSetSchema,
  type SavedGoldenSet,
  savedGoldenSetSchema,
} from '#shared/api/conversations.ts';
import {
  type ChangeFlow,
  type CreateFlow,
  type Flow,
  type FlowsQuery,
  type FlowSummary,
  type FlowTemplate,
  flowSchema,
  flowsPageSchema,
  type Needs,
  type Publish,
  type SaveDraft,
  type SavedDraft,
  savedDraftSchema,
  type Traffic,
  templateSchema,
  trafficSchema,
  type Version,
  type VersionWithDefinition,
  versionSchema,
  versionWithDefinitionSchema,
  type Worlds,
  worldsSchema,
} from '#shared/api/flows.ts';
import { z } from 'zod';
import { get, send, sendOnly } from './http.ts';

/** What the list of flows can be asked for; left out means all, first page. */
export type FlowsFilter = Partial<FlowsQuery>;

export const listFlows = (filter: FlowsFilter, signal?: AbortSignal): Promise<Page<FlowSummary>> =>
  get('/api/flows', flowsPageSchema, { query: { ...filter }, signal });

export const getFlow = (id: string, signal?: AbortSignal): Promise<Flow> =>
  get(`/api/flows/${id}`, flowSchema, { signal });

/** Makes a flow and answers its id. */
export const createFlow = (input: CreateFlow): Promise<Created> =>
  send('POST', '/api/flows', input, createdSchema);

/** Pauses, resumes, archives or brings back. */
export const changeFlow = (id: string, input: ChangeFlow): Promise<void> =>
  sendOnly('PATCH', `/api/flows/${id}`, input);

export const duplicateFlow = (id: string): Promise<Created> =>
  send('POST', `/api/flows/${id}/duplicate`, {}, createdSchema);

/** Saves the draft. Refused with 409 when somebody saved it since `revision`. */
export const saveDraft = (id: string, input: SaveDraft): Promise<SavedDraft> =>
  send('PUT', `/api/flows/${id}/draft`, input, savedDraftSchema);

/** Publishes the draft as the next version. Refused with 422 and the issues when it must not be published. */
export const publishFlow = (id: string, input: Publish): Promise<void> =>
  sendOnly('POST', `/api/flows/${id}/publish`, input);

/** The golden conversations of the draft. */
export const getConversations = (id: string, signal?: AbortSignal): Promise<GoldenSet> =>
  get(`/api/flows/${id}/conversations`, goldenSetSchema, { signal });

/** Saves them all. Refused with 409 when somebody saved some since `revision`. */
export const saveConversations = (id: string, input: GoldenSet): Promise<SavedGoldenSet> =>
  send('PUT', `/api/flows/${id}/conversations`, input, savedGoldenSetSchema);

/** Adds the lists and contests that are missing. */
export const provideNeeds = (id: string, needs: Needs): Promise<void> =>
  sendOnly('POST', `/api/flows/${id}/needs`, needs);

/** What the draft is proved against. */
export const getWorlds = (id: string, signal?: AbortSignal): Promise<Worlds> =>
  get(`/api/flows/${id}/worlds`, worldsSchema, { signal });

export const listVersions = (id: string, signal?: AbortSignal): Promise<Version[]> =>
  get(`/api/flows/${id}/versions`, z.array(versionSchema), { signal });

export const getVersion = (
  id: string,
  number: number,
  signal?: AbortSignal,
): Promise<VersionWithDefinition> =>
  get(`/api/flows/${id}/versions/${number}`, versionWithDefinitionSchema, { signal });

export const getTraffic = (id: string, signal?: AbortSignal): Promise<Traffic> =>
  get(`/api/flows/${id}/traffic`, trafficSchema, { signal });

export const listTemplates = (signal?: AbortSignal): Promise<FlowTemplate[]> =>
  get('/api/templates', z.array(templateSchema), { signal });
