import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Issue } from '../definition/issue.ts';
import { AskingFields, type AskingPart } from './asking-fields.tsx';
import { fieldProps } from './field-props.tsx';
import { PurposeSelect } from './purpose-select.tsx';
import { useSurroundings } from './surroundings.tsx';
import { TextField } from './text-field.tsx';

/** The config of a step that asks. */
interface Asked extends AskingPart {
  text: string;
  saveAs?: string | undefined;
  purpose: 'reply' | 'service';
}

export interface AskingFormProps<Config extends Asked> {
  config: Config;
  onChange: (config: Config) => void;
  issues: readonly Issue[];
  text: { label: string; description?: string };
  /** `usual` is a name that is shown where none is written, of what need not be kept where `optional`. */
  saveAs: { label: string; usual: string; optional: boolean };
  /** What this kind of step has between its question and its memory. */
  children?: ReactNode;
  /** What it has after that. */
  kept?: ReactNode;
}

/** The form of every step that asks: the question, what is remembered, how unclear replies and silence are met, and why it is sent. */
export function AskingForm<Config extends Asked>(props: AskingFormProps<Config>) {
  const { config, onChange, issues, text, saveAs, children, kept } = props;
  const { readOnly } = useSurroundings();
  const name = config.saveAs || (saveAs.optional ? undefined : saveAs.usual);
  return (
    <>
      <TextField
        {...text}
        value={config.text}
        onChange={(next) => onChange({ ...config, text: next })}
        issues={issues}
        path="text"
        autoFocus
      />
      {children}
      <TextInput
        label={saveAs.label}
        placeholder={saveAs.usual}
        value={config.saveAs ?? ''}
        onChange={(event) =>
          onChange({ ...config, saveAs: event.currentTarget.value || (saveAs.optional ? undefined : '') })
        }
        readOnly={readOnly}
        {...fieldProps(
          issues,
          'saveAs',
          name === undefined ? undefined : `Use it in texts as {{answers.${name}}}.`,
        )}
      />
      {kept}
      <AskingFields
        value={config}
        onChange={(part) => onChange({ ...config, ...part })}
        issues={issues}
        timeoutOptional
      />
      <PurposeSelect
        value={config.purpose}
        onChange={(purpose) => onChange({ ...config, purpose })}
        issues={issues}
        path="purpose"
        allowed={['reply', 'service']}
      />
    </>
  );
}
