import { ActionIcon, Group, Input, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { languageName } from '#shared/languages.ts';
import type { Issue } from '../../definition/issue.ts';
import { ReplyTests } from '../../editor-kit/reply-tests.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { uniqueId } from '../../editor-kit/unique-id.ts';
import { WordsInput } from '../../editor-kit/words-input.tsx';
import { categoryLabel } from '../../replies/category-schema.ts';
import { OWN_PORTS, type QuestionConfig } from './definition.ts';

type Answer = QuestionConfig['answers'][number];

export interface AnswersEditorProps {
  value: readonly Answer[];
  onChange: (answers: Answer[]) => void;
  issues: readonly Issue[];
}

/** The answers a question tells apart, each with the words that mean it. Each is a way out of the card. */
export function AnswersEditor({ value, onChange, issues }: AnswersEditorProps) {
  const { readOnly, languages } = useSurroundings();
  const others = languages.slice(1);
  const change = (index: number, part: Partial<Answer>) =>
    onChange(value.map((answer, at) => (at === index ? { ...answer, ...part } : answer)));
  return (
    <Input.Wrapper
      label="Answers"
      description={
        value.length === 0
          ? 'Without answers, any reply counts.'
          : 'Each answer is a way on, and so is anything else.'
      }
    >
      <Stack gap="xs" mt={4}>
        {value.map((answer, index) => (
          <Paper key={answer.id} withBorder p="xs" component="fieldset" m={0}>
            <Group justify="space-between" wrap="nowrap" mb={4}>
              <Text component="legend" size="sm" fw={600} truncate p={0}>
                {categoryLabel(answer)}
              </Text>
              {readOnly ? null : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={`Remove the answer ${categoryLabel(answer)}`}
                  onClick={() => onChange(value.filter((_, at) => at !== index))}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              )}
            </Group>
            <WordsInput
              label="Words that mean it"
              value={answer.words}
              onChange={(words) => change(index, { words })}
              issues={issues}
              path={`answers.${index}.words`}
              placeholder="YES, yeah, ok"
            />
            {others.map((language) => (
              <WordsInput
                key={language}
                label={`More words in ${languageName(language)}`}
                value={answer.byLanguage?.[language] ?? []}
                onChange={(words) =>
                  change(index, { byLanguage: { ...answer.byLanguage, [language]: words } })
                }
                issues={issues}
                path={`answers.${index}.byLanguage.${language}`}
              />
            ))}
            <ReplyTests
              value={answer.tests ?? []}
              onChange={(tests) => change(index, { tests: tests.length > 0 ? tests : undefined })}
              issues={issues}
              path={`answers.${index}.tests`}
            />
          </Paper>
        ))}
        {readOnly ? null : (
          <NewAnswer taken={value.map(({ id }) => id)} onAdd={(answer) => onChange([...value, answer])} />
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function NewAnswer({ taken, onAdd }: { taken: readonly string[]; onAdd: (answer: Answer) => void }) {
  const [word, setWord] = useState('');
  const add = () => {
    const words = word.split(/[,;]/).flatMap((one) => one.trim() || []);
    if (words.length === 0) return;
    onAdd({
      id: uniqueId(words[0] ?? '', [...taken, ...OWN_PORTS], 'answer'),
      words,
    });
    setWord('');
  };
  return (
    <TextInput
      aria-label="Add an answer"
      placeholder="Add an answer, such as MAYBE"
      value={word}
      onChange={(event) => setWord(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && add()}
      rightSection={
        <ActionIcon variant="subtle" aria-label="Add this answer" disabled={word.trim() === ''} onClick={add}>
          <IconPlus size={16} />
        </ActionIcon>
      }
    />
  );
}
