import { Autocomplete, Select } from '@mantine/core';
import { slugify } from '#shared/ids.ts';
import type { Issue } from '../definition/issue.ts';
import { fieldProps } from './field-props.tsx';
import { useSurroundings } from './surroundings.tsx';

export interface KeyInputProps {
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
  issues: readonly Issue[];
  path: string;
  placeholder?: string;
  description?: string;
  /** Keys already in use, to choose from. */
  known?: readonly string[];
}

/** The key of a contest, goal or experiment: free words become a key once the field is left. */
export function KeyInput({
  label,
  value,
  onChange,
  issues,
  path,
  placeholder,
  description,
  known = [],
}: KeyInputProps) {
  const { readOnly } = useSurroundings();
  return (
    <Autocomplete
      label={label}
      value={value ?? ''}
      data={[...known]}
      onChange={onChange}
      onBlur={() => value && onChange(slugify(value))}
      placeholder={placeholder}
      readOnly={readOnly}
      {...fieldProps(issues, path, description)}
    />
  );
}

export interface ListSelectProps {
  label?: string;
  value: string | undefined;
  onChange: (list: string | undefined) => void;
  issues: readonly Issue[];
  path: string;
  description?: string;
}

/** Chooses one of the workspace's lists; a key that is no list of it stays visible. */
export function ListSelect({ label = 'List', value, onChange, issues, path, description }: ListSelectProps) {
  const { lists, readOnly } = useSurroundings();
  const data = lists.map(({ key, name }) => ({ value: key, label: name }));
  if (value && !lists.some(({ key }) => key === value))
    data.push({ value, label: `${value} (not set up yet)` });
  return (
    <Select
      label={label}
      data={data}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      placeholder="Choose a list"
      nothingFoundMessage="No lists yet. Add one under Settings."
      searchable
      clearable
      readOnly={readOnly}
      {...fieldProps(issues, path, description)}
    />
  );
}
