import { Autocomplete, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { IconUserEdit } from '@tabler/icons-react';
import { Filled, Gist } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type SetFieldConfig, setField, setFieldConfig } from './definition.ts';

type Value = SetFieldConfig['value'];

const KINDS: { value: Value['kind']; label: string }[] = [
  { value: 'text', label: 'A text' },
  { value: 'answer', label: 'An answer of this conversation' },
  { value: 'number', label: 'A number' },
  { value: 'yes-no', label: 'Yes or no' },
];

/** The card and form of "Remember". */
export const setFieldEditor = defineEditor(setField, setFieldConfig, {
  icon: IconUserEdit,
  Body: ({ config }) => (
    <Gist>
      <b>{config.field || '…'}</b> becomes <ValueWords value={config.value} />
    </Gist>
  ),
  Form: SetFieldForm,
});

function SetFieldForm({ config, onChange, issues }: FormProps<SetFieldConfig>) {
  const { readOnly, variables } = useSurroundings();
  const named = (space: string) =>
    variables.flatMap((name) => (name.startsWith(space) ? [name.slice(space.length)] : []));
  return (
    <>
      <Autocomplete
        label="Remember as"
        data={named('contact.').filter((name) => name !== 'phone')}
        value={config.field}
        onChange={(field) => onChange({ ...config, field })}
        readOnly={readOnly}
        {...fieldProps(issues, 'field', `Use it in texts as {{contact.${config.field || 'name'}}}.`)}
      />
      <Select
        label="What to remember"
        data={KINDS}
        value={config.value.kind}
        onChange={(next) => {
          const kind = KINDS.find(({ value }) => value === next)?.value;
          if (kind) onChange({ ...config, value: emptyValue(kind) });
        }}
        allowDeselect={false}
        readOnly={readOnly}
      />
      <ValueField
        value={config.value}
        onChange={(value) => onChange({ ...config, value })}
        issues={issues}
        answers={named('answers.')}
      />
    </>
  );
}

interface ValueFieldProps {
  value: Value;
  onChange: (value: Value) => void;
  issues: FormProps<SetFieldConfig>['issues'];
  answers: string[];
}

function ValueField({ value, onChange, issues, answers }: ValueFieldProps) {
  const { readOnly } = useSurroundings();
  switch (value.kind) {
    case 'text':
      return (
        <TextInput
          label="Text"
          value={value.text}
          onChange={(event) => onChange({ kind: 'text', text: event.currentTarget.value })}
          readOnly={readOnly}
          dir="auto"
          {...fieldProps(issues, 'value.text', 'Variables such as {{answers.size}} are filled in.')}
        />
      );
    case 'answer':
      return (
        <Autocomplete
          label="Answer"
          data={answers}
          value={value.answer}
          onChange={(answer) => onChange({ kind: 'answer', answer })}
          readOnly={readOnly}
          {...fieldProps(issues, 'value.answer')}
        />
      );
    case 'number':
      return (
        <NumberInput
          label="Number"
          value={value.number}
          onChange={(number) => onChange({ kind: 'number', number: Number(number) || 0 })}
          readOnly={readOnly}
          {...fieldProps(issues, 'value.number')}
        />
      );
    case 'yes-no':
      return (
        <Switch
          label={value.yes ? 'Yes' : 'No'}
          checked={value.yes}
          disabled={readOnly}
          onChange={(event) => onChange({ kind: 'yes-no', yes: event.currentTarget.checked })}
        />
      );
  }
}

function emptyValue(kind: Value['kind']): Value {
  switch (kind) {
    case 'text':
      return { kind, text: '' };
    case 'answer':
      return { kind, answer: '' };
    case 'number':
      return { kind, number: 0 };
    case 'yes-no':
      return { kind, yes: true };
  }
}

function ValueWords({ value }: { value: Value }) {
  switch (value.kind) {
    case 'text':
      return (
        <>
          “<Filled text={value.text} />”
        </>
      );
    case 'answer':
      return `the answer ${value.answer || '…'}`;
    case 'number':
      return value.number;
    case 'yes-no':
      return value.yes ? 'yes' : 'no';
  }
}
