import { useQuery } from '@tanstack/react-query';
import { flowQuery } from '../../lib/queries/flow-queries.ts';
import { FilterPill } from './filter-pill.tsx';

/** That a list is narrowed down to a flow, with the way to all. */
export function FlowFilter({ id, onClear }: { id: string; onClear: () => void }) {
  const { data } = useQuery(flowQuery(id));
  return (
    <FilterPill onClear={onClear} clearLabel="All flows">
      Flow: {data?.name ?? '…'}
    </FilterPill>
  );
}
