import { Button, Group, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { z } from 'zod';
import { useFreeWord } from '../../lib/use-word.ts';
import { KeywordPill } from '../../ui/keyword-pills.tsx';
import { WordField } from '../../ui/word-field.tsx';
import { keywordFlow } from './keyword-flow.ts';
import type { StartProps } from './start.ts';

const schema = z.object({
  name: z.string().trim().max(120),
  word: z.string().trim().min(1, 'Write the word people will text.').max(80),
});

/** Starts from the word on the poster: a flow that answers it with one text. */
export function StartFromKeyword({ busy, onCreate }: StartProps) {
  const form = useForm({
    initialValues: { word: '', name: '' },
    validate: schemaResolver(schema, { sync: true }),
  });
  const word = form.values.word.trim().toUpperCase();
  const ifFree = useFreeWord();
  return (
    <form
      onSubmit={form.onSubmit(({ name }) => {
        const title = name.trim() || `Keyword ${word}`;
        void ifFree(word, () => onCreate({ name: title, definition: keywordFlow(title, word) }));
      })}
    >
      <Stack>
        <WordField
          description={
            <>
              The word people text to start. Capitals make no difference to them:{' '}
              <KeywordPill word={word || 'JOIN'} /> and <KeywordPill word={(word || 'JOIN').toLowerCase()} />{' '}
              are the same.
            </>
          }
          placeholder="JOIN"
          autoFocus
          value={form.values.word}
          onChange={(typed) => form.setFieldValue('word', typed)}
          error={form.errors.word}
        />
        <TextInput
          label="Name of the flow"
          placeholder={word ? `Keyword ${word}` : 'Summer club'}
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            Create flow
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
