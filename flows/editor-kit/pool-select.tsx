import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { slugify } from '#shared/ids.ts';
import { fieldProps } from './field-props.tsx';
import type { ListSelectProps } from './key-input.tsx';
import { type NamedPool, useSurroundings } from './surroundings.tsx';

/** How long the words rest before they are looked for, in milliseconds. */
const PAUSE = 200;

/** Chooses one of the workspace's pools of vouchers, or names a new one, which is there once the problem about it is mended. */
export function PoolSelect({
  value,
  onChange,
  issues,
  path,
}: Omit<ListSelectProps, 'label' | 'description'>) {
  const { pools, findPools, readOnly } = useSurroundings();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<readonly NamedPool[]>([]);
  const words = search.trim();
  useEffect(() => {
    if (words === '') return;
    let isOver = false;
    const timer = setTimeout(() => {
      // Whoever can't look for others still has those that are known.
      findPools(words).then(
        (more) => isOver || setFound(more),
        () => undefined,
      );
    }, PAUSE);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [words, findPools]);
  const others = found.filter(({ key }) => !pools.some((pool) => pool.key === key));
  const data = [...pools, ...others].map(({ key, name, state }) => ({
    value: key,
    label: state === 'closed' ? `${name} (closed)` : name,
  }));
  const isKnown = (key: string) => data.some((pool) => pool.value === key);
  if (value && !isKnown(value)) data.push({ value, label: `${value} (not set up yet)` });
  const key = slugify(words, '');
  const isNew = key !== '' && !isKnown(key) && !data.some((pool) => pool.label === words);
  if (isNew) data.push({ value: key, label: `New pool: ${words}` });
  return (
    <Select
      label="Pool of vouchers"
      data={data}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      searchValue={search}
      onSearchChange={setSearch}
      placeholder="Choose a pool, or name a new one"
      nothingFoundMessage="No pools yet. Write the name of a new one."
      searchable
      clearable
      readOnly={readOnly}
      {...fieldProps(issues, path)}
    />
  );
}
