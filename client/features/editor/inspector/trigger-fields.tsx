import { ActionIcon, Autocomplete, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { assertNever } from '#shared/assert-never.ts';
import type { Issue } from '#flows/definition/issue.ts';
import { keywordMatchSchema, type Trigger } from '#flows/definition/schema.ts';
import { WordsInput } from '#flows/editor-kit/words-input.tsx';
import { sendersQuery } from '../../../lib/queries/settings-queries.ts';
import { TriggerTerms } from './trigger-terms.tsx';

const MATCHES: Readonly<Record<Trigger['match'], string>> = {
  exact: 'is exactly this',
  'first-word': 'begins with this',
  'sub-keyword': 'begins with these two words',
  phrase: 'has these words in a row',
  contains: 'contains this anywhere',
  close: 'begins with this, typos forgiven',
  pattern: 'fits this pattern (regular expression)',
};
const MEDIA = ['billboard', 'poster', 'radio', 'tv', 'print', 'web', 'packaging', 'social'];

export interface TriggerFieldsProps {
  value: Trigger;
  index: number;
  issues: readonly Issue[];
  /** What to say below the words. */
  note: string | null;
  readOnly: boolean;
  onChange: (trigger: Trigger) => void;
  onRemove: () => void;
}

/** What a trigger is called, on its card and for screen readers. */
function triggerName({ kind, words }: Trigger): string {
  switch (kind) {
    case 'keyword':
      return words[0] === undefined ? 'New keyword' : `Keyword ${words[0]}`;
    case 'unmatched':
      return 'Any other text';
    default:
      return assertNever(kind);
  }
}

/** One way in: a keyword with its other spellings or any text nobody else takes; where it is texted, where advertised, when it counts. */
export function TriggerFields({
  value,
  index,
  issues,
  note,
  readOnly,
  onChange,
  onRemove,
}: TriggerFieldsProps) {
  const path = `triggers.${index}`;
  const own = issues.filter(({ place }) => place.path === path || place.path?.startsWith(`${path}.`));
  const isOfWords = ({ place }: Issue) => place.path?.startsWith(`${path}.words`) ?? false;
  const name = triggerName(value);
  return (
    <Paper withBorder p="sm" component="fieldset" m={0} aria-label={name}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" fw={600} truncate dir="auto">
            {name}
          </Text>
          {readOnly ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Remove: ${name}`}
              onClick={onRemove}
            >
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </Group>
        {value.kind === 'keyword' ? (
          <KeywordFields
            value={value}
            wordProblems={own.filter(isOfWords)}
            note={note}
            readOnly={readOnly}
            onChange={onChange}
          />
        ) : null}
        <ProblemTexts problems={own.filter((issue) => value.kind !== 'keyword' || !isOfWords(issue))} />
        <SenderSelect
          value={value.sender}
          readOnly={readOnly}
          onChange={(sender) => onChange({ ...value, sender })}
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
        <TriggerTerms value={value} readOnly={readOnly} onChange={onChange} />
      </Stack>
    </Paper>
  );
}

function ProblemTexts({ problems }: { problems: readonly Issue[] }) {
  return problems.map(({ message, severity }) => (
    <Text key={message} size="xs" c={severity === 'error' ? 'var(--mantine-color-error)' : 'var(--tl-warn)'}>
      {message}
    </Text>
  ));
}

function KeywordFields({
  value,
  wordProblems,
  note,
  readOnly,
  onChange,
}: Pick<TriggerFieldsProps, 'value' | 'note' | 'readOnly' | 'onChange'> & {
  wordProblems: readonly Issue[];
}) {
  return (
    <>
      <Stack gap={4}>
        <WordsInput
          label={value.match === 'pattern' ? 'Patterns' : 'Words'}
          value={value.words}
          onChange={(words) => onChange({ ...value, words: words.map((word) => word.slice(0, 80)) })}
          issues={[]}
          path="words"
          placeholder={value.match === 'pattern' ? 'order \\d+' : 'JOIN'}
        />
        <ProblemTexts problems={wordProblems} />
        {note ? (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        ) : null}
      </Stack>
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
    </>
  );
}

function SenderSelect({
  value,
  readOnly,
  onChange,
}: {
  value: string;
  readOnly: boolean;
  onChange: (sender: string) => void;
}) {
  const { data: senders = [] } = useQuery(sendersQuery);
  const addresses = senders.filter(({ kind }) => kind !== 'alphanumeric').map(({ address }) => address);
  const known = value === '*' || addresses.includes(value) ? addresses : [...addresses, value];
  return (
    <Select
      label="Texted to"
      data={[
        { value: '*', label: 'Any of our numbers' },
        ...known.map((address) => ({ value: address, label: address })),
      ]}
      value={value}
      onChange={(sender) => sender && onChange(sender)}
      allowDeselect={false}
      readOnly={readOnly}
    />
  );
}
