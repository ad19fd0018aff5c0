import { Center, Loader, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Flow } from '#shared/api/flows.ts';
import { flowQuery } from '../../lib/queries/flow-queries.ts';
import { PagePending } from '../../ui/page/page-pending.tsx';
import { Placed } from './canvas/placed.tsx';
import { openDraft } from './draft/open-draft.ts';
import { FlowEditor } from './flow-editor.tsx';
import { UnreadableFlow } from './unreadable-flow.tsx';

export interface EditorPageProps {
  flowId: string;
  /** The phone that stands at the bottom right of the canvas. */
  phone?: ReactNode;
}

/** The editor of one flow. The draft is asked for anew each time, for it must be the newest before anybody edits it. */
export function EditorPage({ flowId, phone }: EditorPageProps) {
  const {
    data: flow,
    error,
    refetch,
    isFetchedAfterMount,
  } = useQuery({ ...flowQuery(flowId), refetchOnMount: 'always' });
  const [loads, setLoads] = useState(0);
  const reload = () => void refetch().then(() => setLoads((count) => count + 1));
  if (flow && isFetchedAfterMount) return <Opened key={loads} flow={flow} phone={phone} onReload={reload} />;
  if (error) {
    return <PagePending what="flow" error={error} onRetry={() => void refetch()} />;
  }
  return (
    <Center h="100%" role="status">
      <VisuallyHidden component="h1">Loading the flow</VisuallyHidden>
      <Loader />
    </Center>
  );
}

/** Opens the draft once; what the server says about the flow later changes the header, never what is being drawn. */
function Opened({ flow, phone, onReload }: { flow: Flow; phone: ReactNode; onReload: () => void }) {
  const [draft] = useState(() => openDraft(flow, localStorage));
  if (draft.definition === null)
    return <UnreadableFlow name={flow.name} issues={draft.issues} definition={flow.definition} />;
  return (
    <Placed definition={draft.definition}>
      {(definition) => (
        <FlowEditor flow={flow} draft={{ ...draft, definition }} phone={phone} onReload={onReload} />
      )}
    </Placed>
  );
}
