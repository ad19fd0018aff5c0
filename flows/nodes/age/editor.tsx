import { NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconCalendarUser } from '@tabler/icons-react';
import { AskingFields } from '../../editor-kit/asking-fields.tsx';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { TextField } from '../../editor-kit/text-field.tsx';
import { type AgeConfig, age, ageConfig } from './definition.ts';

/** The card and form of "Ask for age". */
export const ageEditor = defineEditor(age, ageConfig, {
  icon: IconCalendarUser,
  Body: ({ config }) => <Bubble text={config.text} />,
  Form: AgeForm,
});

function AgeForm({ config, onChange, issues }: FormProps<AgeConfig>) {
  const { readOnly } = useSurroundings();
  return (
    <>
      <TextField
        label="Question"
        value={config.text}
        onChange={(text) => onChange({ ...config, text })}
        issues={issues}
        path="text"
        autoFocus
      />
      <NumberInput
        label="How old people have to be"
        suffix=" years"
        min={1}
        max={99}
        allowDecimal={false}
        value={config.years}
        onChange={(years) => onChange({ ...config, years: Number(years) || 0 })}
        readOnly={readOnly}
        {...fieldProps(issues, 'years', 'It counts for every list that asks for as much, or less.')}
      />
      <Stack gap={4}>
        <Text size="sm" fw={500}>
          What they are asked for
        </Text>
        <SegmentedControl
          aria-label="What they are asked for"
          data={ASKED}
          value={config.by}
          onChange={(by) => onChange({ ...config, by: by === 'yes' ? 'yes' : 'birthday' })}
          disabled={readOnly}
        />
        <Text size="xs" c="dimmed">
          Only whether they are old enough is kept.
        </Text>
      </Stack>
      <AskingFields
        value={config}
        onChange={(part) => onChange({ ...config, ...part })}
        issues={issues}
        timeoutOptional
      />
    </>
  );
}

const ASKED = [
  { value: 'birthday', label: 'Their date of birth' },
  { value: 'yes', label: 'A yes or no' },
];
