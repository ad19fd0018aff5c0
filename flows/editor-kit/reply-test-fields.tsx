import { Group, NumberInput, TextInput } from '@mantine/core';
import type { Issue } from '../definition/issue.ts';
import type { ReplyTest, TestOf } from '../replies/reply-test.ts';
import { fieldProps } from './field-props.tsx';
import { useSurroundings } from './surroundings.tsx';
import { WordsInput } from './words-input.tsx';

export interface ReplyTestFieldsProps {
  value: ReplyTest;
  onChange: (test: ReplyTest) => void;
  issues: readonly Issue[];
  path: string;
}

/** The fields of one test; most tests have none. */
export function ReplyTestFields({ value, onChange, issues, path }: ReplyTestFieldsProps) {
  switch (value.test) {
    case 'any':
    case 'all':
    case 'only':
    case 'phrase':
    case 'begins':
      return (
        <WordsInput
          label="Words"
          value={value.words}
          onChange={(words) => onChange({ ...value, words })}
          issues={issues}
          path={`${path}.words`}
        />
      );
    case 'number':
      return <NumberFields value={value} onChange={onChange} />;
    case 'date':
    case 'moment':
    case 'time':
      return (
        <Group gap="xs" grow align="start">
          <BoundField
            label="From"
            value={value.from}
            onChange={(from) => onChange({ ...value, from })}
            issues={issues}
            path={`${path}.from`}
            placeholder={value.test === 'time' ? '09:00' : 'today'}
          />
          <BoundField
            label="Until"
            value={value.to}
            onChange={(to) => onChange({ ...value, to })}
            issues={issues}
            path={`${path}.to`}
            placeholder={value.test === 'time' ? '17:30' : '+30d'}
          />
        </Group>
      );
    case 'phone':
      return (
        <BoundField
          label="Country of numbers without +"
          value={value.country}
          onChange={(country) => onChange({ ...value, country: country?.toUpperCase() })}
          issues={issues}
          path={`${path}.country`}
          placeholder="The person's own"
        />
      );
    case 'pattern':
      return <PatternFields value={value} onChange={onChange} issues={issues} path={path} />;
    default:
      return null;
  }
}

const BOUNDS: readonly { key: Exclude<keyof TestOf<'number'>, 'test'>; label: string }[] = [
  { key: 'least', label: 'From' },
  { key: 'most', label: 'Up to' },
  { key: 'over', label: 'More than' },
  { key: 'under', label: 'Less than' },
];

function NumberFields({
  value,
  onChange,
}: {
  value: TestOf<'number'>;
  onChange: (test: TestOf<'number'>) => void;
}) {
  const { readOnly } = useSurroundings();
  return (
    <Group gap="xs" grow>
      {BOUNDS.map(({ key, label }) => (
        <NumberInput
          key={key}
          size="xs"
          label={label}
          value={value[key] ?? ''}
          onChange={(next) => onChange({ ...value, [key]: next === '' ? undefined : Number(next) })}
          hideControls
          readOnly={readOnly}
        />
      ))}
    </Group>
  );
}

function PatternFields({
  value,
  onChange,
  issues,
  path,
}: {
  value: TestOf<'pattern'>;
  onChange: (test: TestOf<'pattern'>) => void;
  issues: readonly Issue[];
  path: string;
}) {
  const { readOnly } = useSurroundings();
  return (
    <Group gap="xs" grow align="start">
      <TextInput
        size="xs"
        label="Pattern"
        value={value.pattern}
        onChange={(event) => onChange({ ...value, pattern: event.currentTarget.value })}
        readOnly={readOnly}
        styles={{ input: { fontFamily: 'monospace' } }}
        {...fieldProps(issues, `${path}.pattern`, 'A regular expression')}
      />
      <TextInput
        size="xs"
        label="A text that fits"
        value={value.example}
        onChange={(event) => onChange({ ...value, example: event.currentTarget.value })}
        readOnly={readOnly}
        {...fieldProps(issues, `${path}.example`)}
      />
    </Group>
  );
}

interface BoundFieldProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  issues: readonly Issue[];
  path: string;
  placeholder: string;
}

function BoundField({ label, value, onChange, issues, path, placeholder }: BoundFieldProps) {
  const { readOnly } = useSurroundings();
  return (
    <TextInput
      size="xs"
      label={label}
      value={value ?? ''}
      placeholder={placeholder}
      onChange={(event) => onChange(event.currentTarget.value.trim() || undefined)}
      readOnly={readOnly}
      {...fieldProps(issues, path)}
    />
  );
}
