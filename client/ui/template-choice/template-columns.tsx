import { Radio, ScrollArea, Stack, Text } from '@mantine/core';
import { WordField } from '../word-field.tsx';
import classes from './template-choice.module.css';
import { TemplatePreview } from './template-preview.tsx';
import type { TemplateChoice } from './use-template-choice.ts';

/** The templates, and beside them what people will read and the word they will text. */
export function TemplateColumns({ choice }: { choice: TemplateChoice }) {
  const { templates, chosen, choose, shown, write, word, instead, flowId } = choice;
  return (
    <div className={classes.columns}>
      <Radio.Group aria-label="Template" value={chosen.id} onChange={choose}>
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
            onChange={write}
            flowId={flowId}
            error={word === '' ? 'Write the word people will text.' : null}
            description={instead ?? undefined}
          />
        )}
      </Stack>
    </div>
  );
}
