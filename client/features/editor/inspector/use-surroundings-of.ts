import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Definition } from '#flows/definition/schema.ts';
import type { Surroundings } from '#flows/editor-kit/surroundings.tsx';
import type { OpenFlow } from '#flows/open.ts';
import { listsQuery } from '../../../lib/queries/settings-queries.ts';

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

/** What the forms of this flow may offer: the workspace's lists, and every variable that means something here. */
export function useSurroundingsOf(
  definition: Definition,
  flow: OpenFlow | null,
  readOnly: boolean,
): Surroundings {
  const { data: lists } = useQuery(listsQuery);
  const { languages } = definition;
  return useMemo(() => {
    const own = [...(flow?.nodes.values() ?? [])].flatMap(({ sets, reads }) => [...sets, ...reads]);
    const variables = [...new Set([...own.filter((name) => name.startsWith('answers.')), ...USUAL, ...own])];
    return { lists: lists ?? [], variables, languages, readOnly };
  }, [lists, flow, languages, readOnly]);
}
