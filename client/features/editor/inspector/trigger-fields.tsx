import { ActionIcon, Autocomplete, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Issue } from '#flows/definition/issue.ts';
import { keywordMatchSchema, type Trigger } from '#flows/definition/schema.ts';
import { WordsInput } from '#flows/editor-kit/words-input.tsx';
import { sendersQuery } from '../../../lib/queries/settings-queries.ts';

const MATCHES: Readonly<Record<Trigger['match'], string>> = {
  exact: 'is exactly this',
  'first-word': 'begins with this',
  'sub-keyword': 'begins with these two words',
  phrase: 'has these words in a row',
  contains: 'contains this anywhere',
};
const MEDIA = ['billboard', 'poster', 'radio', 'tv', 'print', 'web', 'packaging', 'social'];

export interface TriggerFieldsProps {
  value: Trigger;
  index: number;
  issues: readonly Issue[];
  readOnly: boolean;
  onChange: (trigger: Trigger) => void;
  onRemove: () => void;
}

/** One keyword, its other spellings, where it is texted and where it was advertised. */
export function TriggerFields({ value, index, issues, readOnly, onChange, onRemove }: TriggerFieldsProps) {
  const { data: senders = [] } = useQuery(sendersQuery);
  const addresses = senders.filter(({ kind }) => kind !== 'alphanumeric').map(({ address }) => address);
  const known =
    value.sender === '*' || addresses.includes(value.sender) ? addresses : [...addresses, value.sender];
  const path = `triggers.${index}`;
  const problems = issues.filter(({ place }) => place.path === path || place.path?.startsWith(`${path}.`));
  return (
    <Paper withBorder p="sm" component="fieldset" m={0} aria-label={`Keyword ${value.words[0] ?? ''}`}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" fw={600}>
            Keyword
          </Text>
          {readOnly ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Remove the keyword ${value.words[0] ?? ''}`}
              onClick={onRemove}
            >
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </Group>
        <WordsInput
          label="Words"
          value={value.words}
          onChange={(words) => onChange({ ...value, words: words.map((word) => word.slice(0, 80)) })}
          issues={[]}
          path="words"
          placeholder="JOIN"
        />
        {problems.map((problem) => (
          <Text
            key={problem.message}
            size="xs"
            c={problem.severity === 'error' ? 'var(--mantine-color-error)' : 'var(--tl-warn)'}
          >
            {problem.message}
          </Text>
        ))}
        <Select
          label="Counts when the text"
          data={Object.entries(MATCHES).map(([match, label]) => ({ value: match, label }))}
          value={value.match}
          onChange={(next) => {
            const match = keywordMatchSchema.safeParse(next);
            if (match.success) onChange({ ...value, match: match.data });
          }}
          allowDeselect={false}
          readOnly={readOnly}
        />
        <Select
          label="Texted to"
          data={[
            { value: '*', label: 'Any of our numbers' },
            ...known.map((address) => ({ value: address, label: address })),
          ]}
          value={value.sender}
          onChange={(sender) => sender && onChange({ ...value, sender })}
          allowDeselect={false}
          readOnly={readOnly}
        />
        <Autocomplete
          label="Advertised on"
          placeholder="billboard, radio …"
          data={MEDIA}
          value={value.medium ?? ''}
          maxLength={60}
          onChange={(medium) => onChange({ ...value, medium: medium || undefined })}
          readOnly={readOnly}
        />
      </Stack>
    </Paper>
  );
}
