import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { listsQuery, programsQuery, sendersQuery } from '../../lib/queries/settings-queries.ts';
import { rehearsal, useRehearsal } from '../../lib/rehearsal/rehearsal.ts';
import { PLAIN_STAGE, type Stage, stageOf } from '../../lib/rehearsal/stage.ts';

/** Sets the rehearsal on the sender that the flow's keywords name, or on the workspace's first that can receive. */
export function useStage(): Stage {
  const { data: senders } = useQuery(sendersQuery);
  const { data: programs } = useQuery(programsQuery);
  const { data: lists } = useQuery(listsQuery);
  const named = useRehearsal(
    (state) => state.flow?.compiled.definition.triggers.find(({ sender }) => sender !== '*')?.sender,
  );
  const stage = useMemo(() => {
    const twoWay = senders?.filter(({ kind }) => kind !== 'alphanumeric') ?? [];
    const sender = twoWay.find(({ address }) => address === named) ?? twoWay[0];
    const program = programs?.find(({ id }) => id === sender?.program.id);
    return sender && program ? stageOf(sender, program, lists ?? []) : PLAIN_STAGE;
  }, [senders, programs, lists, named]);
  useEffect(() => rehearsal.setStage(stage), [stage]);
  return stage;
}
