import { ActionIcon, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconArrowsSplit2, IconPlus, IconTrash } from '@tabler/icons-react';
import { Gist } from '../../editor-kit/bubble.tsx';
import { ConditionBuilder } from '../../editor-kit/condition-builder.tsx';
import { conditionWords, NEW_COMPARISON } from '../../editor-kit/conditions.ts';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { issueAt } from '../../editor-kit/issue-at.ts';
import { moved } from '../../editor-kit/moved.ts';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { uniqueId } from '../../editor-kit/unique-id.ts';
import { type BranchConfig, branch, branchConfig } from './definition.ts';

type Case = BranchConfig['cases'][number];

/** The card and form of "Go different ways". */
export const branchEditor = defineEditor(branch, branchConfig, {
  icon: IconArrowsSplit2,
  Body: ({ config }) => (
    <Gist>If {config.cases.map(({ when }) => conditionWords(when)).join('; else if ')}</Gist>
  ),
  Form: BranchForm,
});

function BranchForm({ config: { cases }, onChange, issues }: FormProps<BranchConfig>) {
  const { readOnly } = useSurroundings();
  const put = (next: Case[]) => onChange({ cases: next });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        Tried from top to bottom; the first that holds is taken.
      </Text>
      {cases.map((one, index) => (
        <CaseFields
          key={one.id}
          value={one}
          index={index}
          count={cases.length}
          issues={issues}
          onChange={(next) => put(cases.map((other, at) => (at === index ? next : other)))}
          onRemove={() => put(cases.filter((_, at) => at !== index))}
          onMove={(by) => put(moved(cases, index, index + by))}
        />
      ))}
      {readOnly || cases.length >= 12 ? null : (
        <Button
          variant="light"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            put([
              ...cases,
              {
                id: uniqueId(`case ${cases.length + 1}`, [...cases.map(({ id }) => id), 'else'], 'case'),
                when: NEW_COMPARISON,
              },
            ])
          }
        >
          Add a way
        </Button>
      )}
    </Stack>
  );
}

interface CaseFieldsProps {
  value: Case;
  index: number;
  count: number;
  issues: FormProps<BranchConfig>['issues'];
  onChange: (value: Case) => void;
  onRemove: () => void;
  onMove: (by: -1 | 1) => void;
}

function CaseFields({ value, index, count, issues, onChange, onRemove, onMove }: CaseFieldsProps) {
  const { readOnly } = useSurroundings();
  const name = value.label || value.id;
  const problem = issueAt(issues, `cases.${index}.when`);
  return (
    <Paper withBorder p="xs" component="fieldset" m={0} aria-label={name}>
      <Stack gap="xs">
        <Group gap={4} wrap="nowrap" align="start">
          <TextInput
            aria-label="Name of this way"
            size="xs"
            value={value.label ?? ''}
            placeholder={value.id}
            onChange={(event) => onChange({ ...value, label: event.currentTarget.value })}
            readOnly={readOnly}
            flex={1}
            {...fieldProps(issues, `cases.${index}.label`)}
          />
          {readOnly ? null : (
            <>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Move ${name} up`}
                disabled={index === 0}
                onClick={() => onMove(-1)}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Move ${name} down`}
                disabled={index === count - 1}
                onClick={() => onMove(1)}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${name}`}
                disabled={count === 1}
                onClick={onRemove}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </>
          )}
        </Group>
        <ConditionBuilder value={value.when} onChange={(when) => onChange({ ...value, when })} />
        {problem ? (
          <Text size="xs" c={problem.severity === 'error' ? 'var(--mantine-color-error)' : 'var(--tl-warn)'}>
            {problem.message}
          </Text>
        ) : null}
      </Stack>
    </Paper>
  );
}
