import { Divider, Stack, Text, Title } from '@mantine/core';
import type { FlowNode } from '#flows/definition/schema.ts';
import { TextField } from '#flows/editor-kit/text-field.tsx';
import { unitsOfNode } from '#flows/translations/units.ts';
import { languageName } from '#shared/languages.ts';
import { boundStep } from '../canvas/bound-step.ts';
import { useEditor, useEditorState } from '../store/use-editor.ts';

/** The texts of a step in the flow's other languages; what is not translated goes out in the base language. */
export function Translations({ step, readOnly }: { step: FlowNode; readOnly: boolean }) {
  const editor = useEditor();
  const languages = useEditorState((state) => state.definition.languages);
  const translations = useEditorState((state) => state.definition.translations);
  const bound = boundStep(step);
  const texts = bound ? unitsOfNode(bound).filter(({ kind }) => kind === 'text') : [];
  const others = languages.slice(1);
  if (others.length === 0 || texts.length === 0) return null;
  return (
    <>
      <Divider />
      <section aria-label="Translations">
        <Title order={3} mb="xs">
          Translations
        </Title>
        <Stack gap="md">
          {texts.map(({ field, base }) => (
            <Stack key={field} gap="xs">
              <Text size="sm" c="dimmed" lineClamp={2} dir="auto">
                {base}
              </Text>
              {others.map((language) => (
                <TextField
                  key={language}
                  label={languageName(language)}
                  placeholder={readOnly ? undefined : 'Not translated: goes out as above'}
                  value={translations[language]?.[`${step.id}.${field}`] ?? ''}
                  onChange={(text) =>
                    editor.edit(
                      'Translate',
                      [{ do: 'translate', language, node: step.id, field, text: text || null }],
                      {
                        key: `translate ${language} ${step.id} ${field}`,
                      },
                    )
                  }
                  issues={[]}
                  path={field}
                />
              ))}
            </Stack>
          ))}
        </Stack>
      </section>
    </>
  );
}
