import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Issue } from '../definition/issue.ts';
import { issueAt } from './issue-at.ts';
import { useSurroundings } from './surroundings.tsx';

/** A name and what belongs to it. */
export interface Pair {
  name: string;
  value: string;
}

/** What the field of a name needs, whatever it looks like. */
export interface PairNameProps {
  'aria-label': string;
  size: 'xs';
  value: string;
  placeholder: string;
  onChange: (value: string) => void;
  readOnly: boolean;
  error: ReactNode;
}

export interface PairsEditorProps {
  label: string;
  value: readonly Pair[];
  onChange: (pairs: Pair[]) => void;
  issues: readonly Issue[];
  path: string;
  /** What the parts are called in the config, for their issues. */
  keys?: { name: string; value: string };
  namePlaceholder: string;
  valuePlaceholder: string;
  addLabel: string;
  /** Another field for names, such as one with suggestions. */
  renderName?: (props: PairNameProps) => ReactNode;
}

/** A list of names with their values: headers, values to send, values to keep. */
export function PairsEditor({
  label,
  value,
  onChange,
  issues,
  path,
  keys = { name: 'name', value: 'value' },
  namePlaceholder,
  valuePlaceholder,
  addLabel,
  renderName,
}: PairsEditorProps) {
  const { readOnly } = useSurroundings();
  const change = (index: number, part: Partial<Pair>) =>
    onChange(value.map((pair, at) => (at === index ? { ...pair, ...part } : pair)));
  const problemAt = (index: number, key: string) => issueAt(issues, `${path}.${index}.${key}`)?.message;
  return (
    <Input.Wrapper label={label}>
      <Stack gap={6} mt={4}>
        {value.map((pair, index) => {
          const name: PairNameProps = {
            'aria-label': `${label}: name ${index + 1}`,
            size: 'xs',
            value: pair.name,
            placeholder: namePlaceholder,
            onChange: (next) => change(index, { name: next }),
            readOnly,
            error: problemAt(index, keys.name),
          };
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: pairs have no identity but their place
            <Group key={index} gap={4} wrap="nowrap" align="start">
              <div style={{ flex: 1 }}>
                {renderName ? (
                  renderName(name)
                ) : (
                  <TextInput {...name} onChange={(event) => name.onChange(event.currentTarget.value)} />
                )}
              </div>
              <TextInput
                aria-label={`${label}: value ${index + 1}`}
                size="xs"
                value={pair.value}
                placeholder={valuePlaceholder}
                onChange={(event) => change(index, { value: event.currentTarget.value })}
                readOnly={readOnly}
                error={problemAt(index, keys.value)}
                flex={1}
              />
              {readOnly ? null : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Remove ${pair.name || 'this line'}`}
                  onClick={() => onChange(value.filter((_, at) => at !== index))}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </Group>
          );
        })}
        {readOnly ? null : (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={12} />}
            style={{ alignSelf: 'start' }}
            onClick={() => onChange([...value, { name: '', value: '' }])}
          >
            {addLabel}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}
