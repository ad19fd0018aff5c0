import {
  ActionIcon,
  Button,
  Group,
  Input,
  NumberInput,
  Progress,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Issue } from '../definition/issue.ts';
import { issueAt } from './issue-at.ts';
import { shares } from './shares.ts';
import { useSurroundings } from './surroundings.tsx';
import { uniqueId } from './unique-id.ts';

/** A version of an A/B test as its step stores it. */
export interface Arm {
  id: string;
  label?: string | undefined;
  weight: number;
}

const COLORS = ['indigo', 'teal', 'orange', 'grape', 'cyan', 'pink'];
const LETTERS = 'ABCDEF';

export interface ArmsEditorProps {
  value: readonly Arm[];
  onChange: (arms: Arm[]) => void;
  issues: readonly Issue[];
  path: string;
}

/** The versions of a test with their weights, shown as the percent of people each of them gets. */
export function ArmsEditor({ value, onChange, issues, path }: ArmsEditorProps) {
  const { readOnly } = useSurroundings();
  const percent = shares(value.map(({ weight }) => weight));
  const change = (index: number, part: Partial<Arm>) =>
    onChange(value.map((arm, at) => (at === index ? { ...arm, ...part } : arm)));
  const add = () => {
    const letter = LETTERS[value.length] ?? 'F';
    onChange([
      ...value,
      {
        id: uniqueId(
          letter,
          value.map(({ id }) => id),
          'arm',
        ),
        label: `Version ${letter}`,
        weight: value.at(-1)?.weight ?? 1,
      },
    ]);
  };
  const problem = issueAt(issues, path);
  return (
    <Input.Wrapper label="Versions" error={problem?.severity === 'error' ? problem.message : undefined}>
      <Stack gap="xs">
        <Progress.Root size="sm" aria-hidden>
          {percent.map((share, index) => (
            <Progress.Section key={value[index]?.id} value={share} color={COLORS[index]} />
          ))}
        </Progress.Root>
        {value.map((arm, index) => (
          <Group key={arm.id} gap={6} wrap="nowrap">
            <TextInput
              aria-label={`Name of version ${LETTERS[index]}`}
              value={arm.label ?? ''}
              placeholder={arm.id}
              onChange={(event) => change(index, { label: event.currentTarget.value })}
              readOnly={readOnly}
              flex={1}
            />
            <NumberInput
              aria-label={`Weight of ${arm.label ?? arm.id}`}
              value={arm.weight}
              onChange={(weight) => change(index, { weight: Number(weight) || 0 })}
              min={0}
              max={1000}
              allowDecimal={false}
              readOnly={readOnly}
              w={70}
            />
            <Text size="sm" w={44} ta="end" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {percent[index]} %
            </Text>
            {readOnly || value.length <= 2 ? null : (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${arm.label ?? arm.id}`}
                onClick={() => onChange(value.filter((_, at) => at !== index))}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {readOnly ? null : (
          <Group gap="xs">
            {value.length < 6 ? (
              <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={12} />} onClick={add}>
                Add a version
              </Button>
            ) : null}
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => onChange(value.map((arm) => ({ ...arm, weight: 1 })))}
            >
              Even shares
            </Button>
          </Group>
        )}
      </Stack>
    </Input.Wrapper>
  );
}
