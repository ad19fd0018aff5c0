import { NumberInput, Switch } from '@mantine/core';
import type { Issue } from '../definition/issue.ts';
import { MAX_RETRIES } from '../engine/asking.ts';
import { DurationInput } from './duration-input.tsx';
import { fieldProps } from './field-props.tsx';
import { useSurroundings } from './surroundings.tsx';
import { TextField } from './text-field.tsx';

/** What every step that asks has in common. */
export interface AskingPart {
  retries: number;
  retryText?: string | undefined;
  timeout?: string | undefined;
}

export interface AskingFieldsProps {
  value: AskingPart;
  onChange: (part: AskingPart) => void;
  issues: readonly Issue[];
  /** Whether the step may wait for ever. */
  timeoutOptional: boolean;
}

/** How often an unclear reply is asked again, with which words, and how long a reply is waited for. */
export function AskingFields({ value, onChange, issues, timeoutOptional }: AskingFieldsProps) {
  const { readOnly } = useSurroundings();
  return (
    <>
      <NumberInput
        label="Ask again after an unclear reply"
        suffix={value.retries === 1 ? ' time' : ' times'}
        value={value.retries}
        onChange={(retries) => onChange({ ...value, retries: Number(retries) || 0 })}
        min={0}
        max={MAX_RETRIES}
        allowDecimal={false}
        readOnly={readOnly}
        {...fieldProps(issues, 'retries')}
      />
      {value.retries > 0 ? (
        <>
          <Switch
            label="Ask again in other words"
            checked={value.retryText !== undefined}
            disabled={readOnly}
            onChange={(event) =>
              onChange({ ...value, retryText: event.currentTarget.checked ? '' : undefined })
            }
          />
          {value.retryText === undefined ? null : (
            <TextField
              label="Text when asking again"
              value={value.retryText}
              onChange={(retryText) => onChange({ ...value, retryText })}
              issues={issues}
              path="retryText"
            />
          )}
        </>
      ) : null}
      <DurationInput
        label="Wait for a reply"
        value={value.timeout}
        onChange={(timeout) =>
          timeout === undefined && !timeoutOptional ? undefined : onChange({ ...value, timeout })
        }
        issues={issues}
        path="timeout"
      />
    </>
  );
}
