import { ActionIcon, Button, Group, Input, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { languageName } from '#shared/languages.ts';
import type { Issue } from '../../definition/issue.ts';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { moved } from '../../editor-kit/moved.ts';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { uniqueId } from '../../editor-kit/unique-id.ts';
import { WordsInput } from '../../editor-kit/words-input.tsx';
import { type MenuConfig, OWN_PORTS } from './definition.ts';

type Option = MenuConfig['options'][number];

const MOST = 12;

export interface OptionsEditorProps {
  value: readonly Option[];
  onChange: (options: Option[]) => void;
  issues: readonly Issue[];
}

/** The options of a menu in the order of their numbers. Each is a way out of the card. */
export function OptionsEditor({ value, onChange, issues }: OptionsEditorProps) {
  const { readOnly } = useSurroundings();
  const add = () => {
    const label = `Option ${value.length + 1}`;
    const taken = [...value.map(({ id }) => id), ...OWN_PORTS];
    onChange([...value, { id: uniqueId(label, taken, 'option'), label, words: [] }]);
  };
  return (
    <Input.Wrapper label="Options" description="Each is a way on, and so is anything else.">
      <Stack gap="xs" mt={4}>
        {value.map((option, index) => (
          <OptionFields
            key={option.id}
            value={option}
            index={index}
            count={value.length}
            issues={issues}
            onChange={(next) => onChange(value.map((one, at) => (at === index ? next : one)))}
            onRemove={() => onChange(value.filter((_, at) => at !== index))}
            onMove={(by) => onChange(moved(value, index, index + by))}
          />
        ))}
        {readOnly || value.length >= MOST ? null : (
          <Button variant="light" size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
            Add an option
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

interface OptionFieldsProps {
  value: Option;
  index: number;
  count: number;
  issues: readonly Issue[];
  onChange: (option: Option) => void;
  onRemove: () => void;
  onMove: (by: -1 | 1) => void;
}

function OptionFields({ value, index, count, issues, onChange, onRemove, onMove }: OptionFieldsProps) {
  const { readOnly, languages } = useSurroundings();
  const path = `options.${index}`;
  return (
    <Paper withBorder p="xs" component="fieldset" m={0} aria-label={`Option ${index + 1}`}>
      <Stack gap="xs">
        <Group gap={4} wrap="nowrap" align="start">
          <Text fw={600} w={18} pt={4} style={{ fontVariantNumeric: 'tabular-nums' }}>
            {index + 1}
          </Text>
          <TextInput
            aria-label={`Name of option ${index + 1}`}
            size="xs"
            value={value.label}
            onChange={(event) => onChange({ ...value, label: event.currentTarget.value })}
            readOnly={readOnly}
            dir="auto"
            flex={1}
            {...fieldProps(issues, `${path}.label`)}
          />
          {readOnly ? null : (
            <>
              <Act label={`Move option ${index + 1} up`} disabled={index === 0} onClick={() => onMove(-1)}>
                <IconArrowUp size={14} />
              </Act>
              <Act
                label={`Move option ${index + 1} down`}
                disabled={index === count - 1}
                onClick={() => onMove(1)}
              >
                <IconArrowDown size={14} />
              </Act>
              <Act label={`Remove option ${index + 1}`} disabled={count <= 2} onClick={onRemove}>
                <IconTrash size={14} />
              </Act>
            </>
          )}
        </Group>
        <WordsInput
          label="Words that choose it too"
          value={value.words}
          onChange={(words) => onChange({ ...value, words })}
          issues={issues}
          path={`${path}.words`}
          placeholder="HOURS, open"
        />
        {languages.slice(1).map((language) => (
          <WordsInput
            key={language}
            label={`Name and words in ${languageName(language)}`}
            value={value.byLanguage?.[language] ?? []}
            onChange={(words) =>
              onChange({ ...value, byLanguage: { ...value.byLanguage, [language]: words } })
            }
            issues={issues}
            path={`${path}.byLanguage.${language}`}
          />
        ))}
      </Stack>
    </Paper>
  );
}

function Act({
  label,
  disabled,
  onClick,
  children,
}: {
  label: string;
  disabled: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
