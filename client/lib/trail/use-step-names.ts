import { useQuery } from '@tanstack/react-query';
import { versionQuery } from '../queries/flow-queries.ts';
import { ID_NAMES, type StepNames, stepNames } from './step-names.ts';

/** What everything in this version of a flow is called; by its id until the version has come. */
export function useStepNames(flow: { id: string; version: number }): StepNames {
  const { data } = useQuery({
    ...versionQuery(flow.id, flow.version),
    select: ({ definition }) => stepNames(definition),
  });
  return data ?? ID_NAMES;
}
