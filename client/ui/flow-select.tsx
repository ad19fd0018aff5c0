import { type ComboboxItem, type ComboboxParsedItem, Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { FlowSummary } from '#shared/api/flows.ts';
import { flowsQuery } from '../lib/queries/flow-queries.ts';

export interface FlowSelectProps {
  /** Of the flow; null or left out while none is chosen. */
  value?: string | null;
  onChange: (id: string | null) => void;
  /** The name of the flow that is chosen at first, which may not be among those that are found. */
  name?: string;
  description?: ReactNode;
  error?: ReactNode;
}

/** So many are offered; whoever wants another one types what it is called. */
const OFFERED = 25;

/** Chooses a live flow, by name or keyword: the server looks for it as one types, however many there are. */
export function FlowSelect({ value = null, onChange, name, ...field }: FlowSelectProps) {
  const [chosen, setChosen] = useState<ComboboxItem | null>(
    value === null || name === undefined ? null : { value, label: name },
  );
  const [typed, setTyped] = useState(chosen?.label ?? '');
  // What stands in the field when it is opened is no search.
  const [search] = useDebouncedValue(typed === chosen?.label ? '' : typed.trim(), 200);
  const { data, isFetching } = useQuery(
    flowsQuery({ status: 'live', search: search || undefined, page: 1, size: OFFERED }),
  );
  const found = (data?.items ?? []).map(toItem);
  const isMissing = chosen !== null && !found.some((one) => one.value === chosen.value);
  const isMany = search !== '' || (data !== undefined && data.total > found.length);
  return (
    <Select
      label="Flow"
      placeholder="Choose a live flow"
      description={isMany ? 'Type a name or a keyword to find others.' : undefined}
      {...field}
      searchable
      // The one that is chosen is known to the field, and offered where it was found.
      data={isMissing ? [...found, chosen] : found}
      filter={({ options }) => (isMissing && search !== '' ? options.filter(isOf(found)) : options)}
      limit={OFFERED + 1}
      nothingFoundMessage={isFetching ? 'Looking for it…' : 'No live flow is called that'}
      rightSection={isFetching && typed !== '' ? <Loader size={14} /> : undefined}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      onChange={(id, option) => {
        setChosen(id === null || option === null ? null : { value: id, label: option.label });
        onChange(id);
      }}
    />
  );
}

const toItem = ({ id, name }: FlowSummary): ComboboxItem => ({ value: id, label: name });

const isOf =
  (found: readonly ComboboxItem[]) =>
  (option: ComboboxParsedItem): boolean =>
    'value' in option && found.some(({ value }) => value === option.value);
