import { queryOptions } from '@tanstack/react-query';
import { listMoves, rehearseMove } from '../api/run-moves.ts';
import { FLOWS_KEY } from './flow-queries.ts';

/** Moves of a flow's people between its versions. */
export const movesQuery = (flowId: string) =>
  queryOptions({
    queryKey: [...FLOWS_KEY, 'one', flowId, 'moves'],
    queryFn: ({ signal }) => listMoves(flowId, signal),
  });

export const moveRehearsalQuery = (flowId: string, from: number, to: number) =>
  queryOptions({
    queryKey: [...FLOWS_KEY, 'one', flowId, 'move-rehearsal', from, to],
    queryFn: ({ signal }) => rehearseMove(flowId, from, to, signal),
  });
