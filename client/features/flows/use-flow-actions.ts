import { writeFlowFile } from '#flows/definition/flow-file.ts';
import { slugify } from '#shared/ids.ts';
import type { ChangeFlow, FlowSummary } from '#shared/api/flows.ts';
import { useQueryClient } from '@tanstack/react-query';
import { changeFlow, duplicateFlow } from '../../lib/api/flows.ts';
import { downloadJson } from '../../lib/download.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { conversationsQuery, FLOWS_KEY, flowQuery } from '../../lib/queries/flow-queries.ts';
import { useChange } from '../../lib/use-change.ts';

/** What can be done with a flow as a whole; a change of status offers to take it back. */
export function useFlowActions(flow: FlowSummary) {
  const client = useQueryClient();
  const change = useChange(({ status }: ChangeFlow) => changeFlow(flow.id, { status }), {
    touches: [FLOWS_KEY],
  });
  const copy = useChange(() => duplicateFlow(flow.id), {
    touches: [FLOWS_KEY],
    onDone: () => notifyDone(`“${flow.name}” was duplicated. The copy is a draft.`),
  });
  const setStatus = (status: ChangeFlow['status']) => {
    const before = flow.status;
    change.mutate(
      { status },
      { onSuccess: () => notifyDone(`${DONE[status](flow.name)}`, () => change.mutate({ status: before })) },
    );
  };
  const exportJson = () => {
    Promise.all([
      client.ensureQueryData(flowQuery(flow.id)),
      client.ensureQueryData(conversationsQuery(flow.id)),
    ])
      .then(([{ definition, name }, { conversations }]) =>
        downloadJson(writeFlowFile(Object(definition), conversations), `${slugify(name, 'flow')}.json`),
      )
      .catch(notifyError);
  };
  return { setStatus, duplicate: () => copy.mutate(), exportJson };
}

const DONE: Record<ChangeFlow['status'], (name: string) => string> = {
  live: (name) => `“${name}” answers its keywords again.`,
  paused: (name) => `“${name}” is paused: its keywords start nothing new; people in it go on.`,
  archived: (name) => `“${name}” is archived.`,
  draft: (name) => `“${name}” is a draft again.`,
};
