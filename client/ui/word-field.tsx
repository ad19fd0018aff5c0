import { Button, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { refusalOf, useWord } from '../lib/use-word.ts';

export interface WordFieldProps {
  value: string;
  onChange: (word: string) => void;
  description?: ReactNode;
  placeholder?: string;
  /** The flow it is for; a new one where none is named. */
  flowId?: string;
  /** What is wrong with it besides what the workspace has to say. */
  error?: ReactNode;
  autoFocus?: boolean;
}

/** The word people text to start a flow; says at once whose it is already, and which one is free. */
export function WordField(props: WordFieldProps) {
  const { value, onChange, description, placeholder, flowId, error, autoFocus } = props;
  const standing = useWord(value.trim().toUpperCase(), flowId);
  const refused = refusalOf(standing);
  const doubt = standing?.issues[0]?.message;
  const free = standing?.free;
  return (
    <div>
      <TextInput
        label="Keyword"
        description={description}
        placeholder={placeholder}
        maxLength={80}
        data-autofocus={autoFocus || undefined}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error ?? refused}
      />
      {refused === null && doubt ? (
        <Text size="xs" c="dimmed" mt={4} role="status">
          {doubt}
        </Text>
      ) : null}
      {free ? (
        <Button size="compact-xs" variant="light" mt={4} onClick={() => onChange(free)}>
          Take {free}
        </Button>
      ) : null}
    </div>
  );
}
