import { Button, Group, Radio, ScrollArea, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FlowTemplate } from '#shared/api/flows.ts';
import { flowsQuery, templatesQuery } from '../../lib/queries/flow-queries.ts';
import { unusedName } from '../../lib/unused-name.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import classes from './new-flow.module.css';
import type { StartProps } from './start.ts';
import { TemplatePreview } from './template-preview.tsx';
import { useFreeWord, useWord } from './use-word.ts';
import { WordField } from './word-field.tsx';

/** Chooses a finished conversation to start from, and shows what people will read. */
export function StartFromTemplate(props: StartProps) {
  const { data, error, refetch } = useQuery(templatesQuery);
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={320} />;
  const [first] = data;
  return first ? (
    <TemplateForm {...props} templates={data} first={first} />
  ) : (
    <Text>There are no templates.</Text>
  );
}

/** Among this many flows a name is looked for that none of them has. */
const MOST_FLOWS = 100;

interface TemplateFormProps extends StartProps {
  templates: readonly FlowTemplate[];
  first: FlowTemplate;
}

function TemplateForm({ templates, first, busy, onCreate }: TemplateFormProps) {
  const form = useForm({ initialValues: { template: first.id, name: '' } });
  const chosen = templates.find(({ id }) => id === form.values.template) ?? first;
  const { data: flows } = useQuery(flowsQuery({ size: MOST_FLOWS }));
  const title = unusedName(chosen.title, new Set(flows?.items.map(({ name }) => name)));
  const own = chosen.keyword ?? '';
  const standing = useWord(own);
  const offered = standing?.free ?? own;
  // Until one is written for this template, its own word stands there, or the free one in its place.
  const [typed, setTyped] = useState<{ for: string; word: string } | null>(null);
  const shown = typed?.for === chosen.id ? typed.word : offered;
  const word = shown.trim().toUpperCase();
  const ifFree = useFreeWord();
  return (
    <form
      onSubmit={form.onSubmit(({ template, name }) => {
        const input = { name: name.trim() || title, template };
        if (chosen.keyword === null) return onCreate(input);
        if (word === '') return;
        void ifFree(word, () => onCreate({ ...input, keyword: word }));
      })}
    >
      <div className={classes.columns}>
        <Radio.Group aria-label="Template" {...form.getInputProps('template')}>
          <Stack gap={6}>
            {templates.map((template) => (
              <Radio.Card key={template.id} value={template.id} className={classes.choice}>
                <Text fw={600}>{template.title}</Text>
                <Text size="sm" c="dimmed">
                  {template.summary}
                </Text>
              </Radio.Card>
            ))}
          </Stack>
        </Radio.Group>
        <Stack>
          <ScrollArea.Autosize mah={340} className={classes.preview} type="auto">
            <TemplatePreview template={chosen} word={word} />
          </ScrollArea.Autosize>
          {chosen.keyword === null ? null : (
            <WordField
              value={shown}
              onChange={(next) => setTyped({ for: chosen.id, word: next })}
              error={word === '' ? 'Write the word people will text.' : null}
              description={
                offered === own || word !== offered
                  ? undefined
                  : `${standing?.issues[0]?.message} ${offered} is free.`
              }
            />
          )}
        </Stack>
      </div>
      <Group align="flex-end" mt="md">
        <TextInput
          flex={1}
          label="Name of the flow"
          placeholder={title}
          maxLength={120}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Button type="submit" loading={busy}>
          Create flow
        </Button>
      </Group>
    </form>
  );
}
