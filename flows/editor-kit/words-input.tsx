import { TagsInput } from '@mantine/core';
import type { Issue } from '../definition/issue.ts';
import { fieldProps } from './field-props.tsx';
import { useSurroundings } from './surroundings.tsx';

export interface WordsInputProps {
  label: string;
  value: readonly string[];
  onChange: (words: string[]) => void;
  issues: readonly Issue[];
  path: string;
  placeholder?: string;
  description?: string;
}

/** Words or phrases people may text, one tag each. Enter or a comma ends a word; a space doesn't, phrases have them. */
export function WordsInput({
  label,
  value,
  onChange,
  issues,
  path,
  placeholder,
  description,
}: WordsInputProps) {
  const { readOnly } = useSurroundings();
  return (
    <TagsInput
      label={label}
      value={[...value]}
      onChange={onChange}
      placeholder={value.length === 0 ? placeholder : undefined}
      splitChars={[',', ';', '\n', '\t']}
      acceptValueOnBlur
      dir="auto"
      readOnly={readOnly}
      {...fieldProps(issues, path, description)}
    />
  );
}
