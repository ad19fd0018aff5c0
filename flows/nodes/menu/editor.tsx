import { Switch, TextInput } from '@mantine/core';
import { IconListNumbers } from '@tabler/icons-react';
import { AskingFields } from '../../editor-kit/asking-fields.tsx';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { PurposeSelect } from '../../editor-kit/purpose-select.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { TextField } from '../../editor-kit/text-field.tsx';
import { type MenuConfig, menu, menuConfig } from './definition.ts';
import { withList } from './numbered-list.ts';
import { OptionsEditor } from './options-editor.tsx';

/** The card and form of "Offer a menu". */
export const menuEditor = defineEditor(menu, menuConfig, {
  icon: IconListNumbers,
  Body: ({ config }) => <Bubble text={config.text} />,
  Form: MenuForm,
});

function MenuForm({ config, onChange, issues }: FormProps<MenuConfig>) {
  const { readOnly } = useSurroundings();
  return (
    <>
      <TextField
        label="Question and list"
        value={config.text}
        onChange={(text) => onChange({ ...config, text })}
        issues={issues}
        path="text"
        description="The list is kept up with the options below."
        autoFocus
      />
      <OptionsEditor
        value={config.options}
        onChange={(options) =>
          onChange({
            ...config,
            options,
            text: withList(
              config.text,
              options.map(({ label }) => label),
            ),
          })
        }
        issues={issues}
      />
      <Switch
        label="Forgive typos in longer words"
        checked={config.typos}
        disabled={readOnly}
        onChange={(event) => onChange({ ...config, typos: event.currentTarget.checked })}
      />
      <TextInput
        label="Remember the choice as"
        placeholder="topic"
        value={config.saveAs ?? ''}
        onChange={(event) => onChange({ ...config, saveAs: event.currentTarget.value || undefined })}
        readOnly={readOnly}
        {...fieldProps(
          issues,
          'saveAs',
          config.saveAs ? `Use it in texts as {{answers.${config.saveAs}}}.` : undefined,
        )}
      />
      <AskingFields
        value={config}
        onChange={(part) => onChange({ ...config, ...part })}
        issues={issues}
        timeoutOptional
      />
      <PurposeSelect
        value={config.purpose}
        onChange={(purpose) => onChange({ ...config, purpose })}
        issues={issues}
        path="purpose"
        allowed={['reply', 'service']}
      />
    </>
  );
}
