import { Group, Input, NumberInput, Select } from '@mantine/core';
import { useId, useState } from 'react';
import type { Issue } from '../definition/issue.ts';
import { fieldProps } from './field-props.tsx';
import { useSurroundings } from './surroundings.tsx';

const UNITS = [
  { value: 's', label: 'seconds' },
  { value: 'm', label: 'minutes' },
  { value: 'h', label: 'hours' },
  { value: 'd', label: 'days' },
  { value: 'w', label: 'weeks' },
];

export interface DurationInputProps {
  label: string;
  /** Such as "24h"; undefined where no time was chosen. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  issues: readonly Issue[];
  path: string;
  description?: string;
}

/** A length of time as a number and a unit; an empty number means none. */
export function DurationInput({ label, value, onChange, issues, path, description }: DurationInputProps) {
  const { readOnly } = useSurroundings();
  const id = useId();
  const [blurs, setBlurs] = useState(0);
  const unit = value?.at(-1) ?? 'h';
  const amount = value === undefined ? '' : Number(value.slice(0, -1));
  const notes = fieldProps(issues, path, description);
  return (
    <Input.Wrapper label={label} labelProps={{ htmlFor: id }} {...notes}>
      <Group gap="xs" wrap="nowrap" mb={notes.error || notes.description ? 4 : undefined}>
        <NumberInput
          // Where there has to be a time, an empty number is none: whoever leaves it sees what holds.
          key={blurs}
          onBlur={({ currentTarget }) => currentTarget.value === '' && amount !== '' && setBlurs(blurs + 1)}
          id={id}
          value={amount}
          onChange={(next) => onChange(next === '' ? undefined : `${Math.trunc(Number(next))}${unit}`)}
          min={1}
          max={100_000}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          readOnly={readOnly}
          w={110}
        />
        <Select
          aria-label={`${label}: unit`}
          data={UNITS}
          value={unit}
          onChange={(next) => next && onChange(`${amount === '' ? 1 : amount}${next}`)}
          allowDeselect={false}
          readOnly={readOnly}
          flex={1}
        />
      </Group>
    </Input.Wrapper>
  );
}
