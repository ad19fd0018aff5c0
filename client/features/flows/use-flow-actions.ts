import { writeFlowFile } from '#flows/definition/flow-file.ts';
import { slugify } from '#shared/ids.ts';
import type { ChangeFlow, FlowSummary } from '#shared/api/flows.ts';
import type { ProblemIssue } from '#shared/api/problem.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../lib/api/api-error.ts';
import { changeFlow, duplicateFlow } from '../../lib/api/flows.ts';
import { downloadJson } from '../../lib/download.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { conversationsQuery, FLOWS_KEY, flowQuery, worldsQuery } from '../../lib/queries/flow-queries.ts';
import { useChange } from '../../lib/use-change.ts';

/**
 * What can be done with a flow as a whole; a change of status offers to take it back. `doubts`: what has become doubtful about a flow
 * that was to be resumed, empty where nothing has.
 */
export function useFlowActions(flow: FlowSummary) {
  const client = useQueryClient();
  const [doubts, setDoubts] = useState<readonly ProblemIssue[]>([]);
  const change = useChange((input: ChangeFlow) => changeFlow(flow.id, input), {
    touches: [FLOWS_KEY],
    onDone: () => setDoubts([]),
    onRefused: (error) => {
      if (error instanceof ApiError && error.code === 'flow.needs-reason') setDoubts(error.issues);
      else notifyError(error);
    },
  });
  const copy = useChange(() => duplicateFlow(flow.id), {
    touches: [FLOWS_KEY],
    onDone: () => notifyDone(`“${flow.name}” was duplicated. The copy is a draft.`),
  });
  const setStatus = (status: ChangeFlow['status'], accepted: ChangeFlow['accepted'] = []) => {
    const before = flow.status;
    change.mutate(
      { status, accepted },
      { onSuccess: () => notifyDone(`${DONE[status](flow.name)}`, () => change.mutate({ status: before })) },
    );
  };
  const exportJson = () => {
    Promise.all([
      client.ensureQueryData(flowQuery(flow.id)),
      client.ensureQueryData(conversationsQuery(flow.id)),
      client.ensureQueryData(worldsQuery(flow.id)),
    ])
      .then(([{ definition, name }, { conversations }, [world]]) =>
        downloadJson(
          writeFlowFile(Object(definition), conversations, world),
          `${slugify(name, 'flow')}.json`,
        ),
      )
      .catch(notifyError);
  };
  const resuming = {
    doubts,
    busy: change.isPending,
    onResume: (accepted: ChangeFlow['accepted']) => setStatus('live', accepted),
    onClose: () => setDoubts([]),
  };
  return { setStatus, resuming, duplicate: () => copy.mutate(), exportJson };
}

const DONE: Record<ChangeFlow['status'], (name: string) => string> = {
  live: (name) => `“${name}” answers its keywords again.`,
  paused: (name) => `“${name}” is paused: its keywords start nothing new; people in it go on.`,
  archived: (name) => `“${name}” is archived.`,
  draft: (name) => `“${name}” is a draft again.`,
};
