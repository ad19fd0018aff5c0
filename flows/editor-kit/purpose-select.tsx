import { Select } from '@mantine/core';
import type { Purpose } from '../engine/effects.ts';
import type { Issue } from '../definition/issue.ts';
import { fieldProps } from './field-props.tsx';
import { useSurroundings } from './surroundings.tsx';

const PURPOSES: Readonly<Record<Purpose, string>> = {
  reply: 'Answers what they just texted',
  service: 'Something they asked for',
  marketing: 'Marketing, with their consent',
  code: 'One-time code',
  legal: 'Required by law',
};

export interface PurposeSelectProps<P extends Purpose> {
  value: P;
  onChange: (purpose: P) => void;
  issues: readonly Issue[];
  path: string;
  /** The purposes this step may have. */
  allowed: readonly P[];
}

/** Why a text is sent, which decides whether it may be: marketing needs a list, a reply an answer to give. */
export function PurposeSelect<P extends Purpose>({
  value,
  onChange,
  issues,
  path,
  allowed,
}: PurposeSelectProps<P>) {
  const { readOnly } = useSurroundings();
  return (
    <Select
      label="Why it is sent"
      data={allowed.map((purpose) => ({ value: purpose, label: PURPOSES[purpose] }))}
      value={value}
      onChange={(next) => {
        const chosen = allowed.find((purpose) => purpose === next);
        if (chosen !== undefined) onChange(chosen);
      }}
      allowDeselect={false}
      readOnly={readOnly}
      {...fieldProps(issues, path)}
    />
  );
}
