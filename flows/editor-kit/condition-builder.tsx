import { ActionIcon, Autocomplete, Button, Group, Paper, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type Condition, OPERATORS } from '../engine/condition.ts';
import {
  asCondition,
  asGroup,
  type Comparison,
  type Quantifier,
  needsValue,
  NEW_COMPARISON,
  OPERATOR_WORDS,
  readValue,
} from './conditions.ts';
import { useSurroundings } from './surroundings.tsx';

const QUANTIFIERS: { value: Quantifier; label: string }[] = [
  { value: 'all', label: 'All of these hold' },
  { value: 'any', label: 'Any of these holds' },
  { value: 'none', label: 'None of these holds' },
];
const OPERATOR_DATA = OPERATORS.map((value) => ({ value, label: OPERATOR_WORDS[value] }));
/** Deeper trees can be read, but nobody should have to draw them. */
const DEPTH = 2;

export interface ConditionBuilderProps {
  value: Condition;
  onChange: (condition: Condition) => void;
  depth?: number;
}

/** Edits a condition tree: comparisons under all, any or none, groups inside groups where needed. */
export function ConditionBuilder({ value, onChange, depth = 0 }: ConditionBuilderProps) {
  const { readOnly } = useSurroundings();
  const { quantifier, parts } = asGroup(value);
  const put = (next: readonly Condition[]) => onChange(asCondition({ quantifier, parts: next }));
  const replace = (index: number, part: Condition | null) =>
    put(parts.flatMap((one, at) => (at === index ? (part ? [part] : []) : [one])));
  return (
    <Stack gap="xs">
      {parts.length > 1 || quantifier !== 'all' || depth > 0 ? (
        <Select
          aria-label="How the conditions count together"
          size="xs"
          data={QUANTIFIERS}
          value={quantifier}
          onChange={(next) => {
            const chosen = QUANTIFIERS.find((one) => one.value === next);
            if (chosen) onChange(asCondition({ quantifier: chosen.value, parts }));
          }}
          allowDeselect={false}
          readOnly={readOnly}
        />
      ) : null}
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
        <Group key={index} gap={4} wrap="nowrap" align="start">
          {'variable' in part ? (
            <ComparisonRow value={part} onChange={(next) => replace(index, next)} />
          ) : (
            <Paper withBorder p="xs" flex={1}>
              <ConditionBuilder value={part} onChange={(next) => replace(index, next)} depth={depth + 1} />
            </Paper>
          )}
          {readOnly || (depth === 0 && parts.length === 1) ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              mt={2}
              aria-label="Remove this condition"
              onClick={() => replace(index, null)}
            >
              <IconX size={14} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {readOnly ? null : (
        <Group gap="xs">
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={12} />}
            onClick={() => put([...parts, NEW_COMPARISON])}
          >
            Add a condition
          </Button>
          {depth < DEPTH ? (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => put([...parts, { any: [NEW_COMPARISON] }])}
            >
              Add a group
            </Button>
          ) : null}
        </Group>
      )}
    </Stack>
  );
}

function ComparisonRow({ value, onChange }: { value: Comparison; onChange: (value: Comparison) => void }) {
  const { variables, readOnly } = useSurroundings();
  return (
    <Stack gap={4} flex={1}>
      <Autocomplete
        aria-label="Variable"
        size="xs"
        data={[...variables]}
        value={value.variable}
        onChange={(variable) => onChange({ ...value, variable })}
        readOnly={readOnly}
      />
      <Group gap={4} wrap="nowrap" grow>
        <Select
          aria-label="Comparison"
          size="xs"
          data={OPERATOR_DATA}
          value={value.operator}
          onChange={(next) => {
            const operator = OPERATORS.find((one) => one === next);
            if (!operator) return;
            const { value: _, ...rest } = value;
            onChange(
              needsValue(operator) ? { ...value, operator, value: value.value ?? '' } : { ...rest, operator },
            );
          }}
          allowDeselect={false}
          readOnly={readOnly}
        />
        {needsValue(value.operator) ? (
          <TextInput
            aria-label="Value"
            size="xs"
            value={String(value.value ?? '')}
            onChange={(event) => onChange({ ...value, value: readValue(event.currentTarget.value) })}
            readOnly={readOnly}
          />
        ) : null}
      </Group>
    </Stack>
  );
}
