import { type UseQueryResult, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { createElement, useMemo } from 'react';
import { parse } from '#flows/definition/parse.ts';
import type { Definition } from '#flows/definition/schema.ts';
import type { NamedPool, Surroundings } from '#flows/editor-kit/surroundings.tsx';
import { demandsOf } from '#flows/engine/demands.ts';
import type { OpenFlow } from '#flows/open.ts';
import { flowsQuery, versionQuery } from '../../../lib/queries/flow-queries.ts';
import { listsQuery } from '../../../lib/queries/settings-queries.ts';
import { poolChoicesQuery, poolQuery } from '../../../lib/queries/voucher-queries.ts';
import { changesBetween } from '../publish/changes.ts';
import { PlanTestButton } from './plan-test-button.tsx';

const USUAL = [
  'contact.firstName',
  'contact.lastName',
  'contact.city',
  'contact.phone',
  'program.brand',
  'run.keyword',
  'run.medium',
  'run.rest',
];

/** So many flows can be chosen from; the newest come first. */
const MOST_FLOWS = 100;

/** What the forms of this flow may offer: the workspace's lists, pools of vouchers and flows, and every variable that means something here. */
export function useSurroundingsOf(
  flowId: string,
  definition: Definition,
  flow: OpenFlow | null,
  readOnly: boolean,
): Surroundings {
  const client = useQueryClient();
  const { data: lists } = useQuery(listsQuery);
  const { data: newest } = useQuery(poolChoicesQuery());
  const hasMore = newest !== undefined && newest.total > newest.items.length;
  const named = useMemo(() => {
    const keys = hasMore && flow ? demandsOf(flow.compiled).vouchers.map(({ key }) => key) : [];
    return [...new Set(keys)].filter((key) => !newest?.items.some((pool) => pool.key === key));
  }, [hasMore, flow, newest]);
  const older = useQueries({ queries: named.map(poolQuery), combine: thoseThere });
  const { data: others } = useQuery(flowsQuery({ size: MOST_FLOWS }));
  const { languages } = definition;
  return useMemo(() => {
    const own = [...(flow?.nodes.values() ?? [])].flatMap(({ sets, reads }) => [...sets, ...reads]);
    const variables = [...new Set([...own.filter((name) => name.startsWith('answers.')), ...USUAL, ...own])];
    const flows = (others?.items ?? []).flatMap(({ id, name, version }) =>
      version === null || id === flowId ? [] : [{ id, name, version }],
    );
    const findPools = async (words: string) =>
      hasMore ? (await client.fetchQuery(poolChoicesQuery(words))).items : [];
    const loadVersion = (id: string, version: number) => client.fetchQuery(versionQuery(id, version));
    return {
      lists: lists ?? [],
      pools: [...(newest?.items ?? []), ...older],
      findPools,
      variables,
      languages,
      flows,
      loadVersion,
      changesBetween: changesOf,
      flowHref: (id: string) => `/flows/${id}`,
      testPlanner: (test) => createElement(PlanTestButton, { ...test, flowId, open: flow }),
      readOnly,
    };
  }, [client, lists, newest, hasMore, older, others, flowId, flow, languages, readOnly]);
}

/** What came of asking for single pools; one that isn't there is left out. */
function thoseThere(asked: readonly UseQueryResult<NamedPool>[]): NamedPool[] {
  return asked.flatMap(({ data }) => data ?? []);
}

function changesOf(before: unknown, after: unknown): string[] {
  const [old, now] = [parse(before).definition, parse(after).definition];
  return old && now ? changesBetween(old, now) : [];
}
