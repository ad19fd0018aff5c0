import { TagsInput } from '@mantine/core';
import { definitionSchema } from '#flows/definition/schema.ts';
import { askFirst } from '../../../ui/confirm.tsx';
import { useEditor, useEditorState } from '../store/use-editor.ts';

const COMMON = ['en', 'fr', 'de', 'es', 'it', 'pt', 'nl', 'pl', 'tr', 'ar', 'he', 'hi', 'zh'];

/** The languages the flow speaks; the first is the one its texts are written in. */
export function LanguagesField({ readOnly }: { readOnly: boolean }) {
  const editor = useEditor();
  const languages = useEditorState((state) => state.definition.languages);
  const translations = useEditorState((state) => state.definition.translations);
  const put = (next: string[]) => editor.edit('Change languages', [{ do: 'set-languages', languages: next }]);
  const change = (wanted: string[]) => {
    const read = definitionSchema.shape.languages.safeParse(wanted.map((one) => one.trim()));
    if (!read.success) return;
    const lost = languages
      .slice(1)
      .filter((one) => !read.data.includes(one) && Object.keys(translations[one] ?? {}).length > 0);
    if (lost.length === 0) return put(read.data);
    askFirst({
      title: `Remove ${lost.join(', ')}?`,
      children: 'Its translations go with it. Undo brings them back.',
      confirm: 'Remove language',
      onConfirm: () => put(read.data),
    });
  };
  return (
    <TagsInput
      label="Languages"
      description="The first is the one the texts are written in."
      data={COMMON}
      value={languages}
      onChange={change}
      readOnly={readOnly}
      maxTags={20}
    />
  );
}
