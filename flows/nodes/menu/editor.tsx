import { Switch } from '@mantine/core';
import { IconListNumbers } from '@tabler/icons-react';
import { AskingForm } from '../../editor-kit/asking-form.tsx';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type MenuConfig, menu, menuConfig } from './definition.ts';
import { withList } from './numbered-list.ts';
import { OptionsEditor } from './options-editor.tsx';

/** The card and form of "Offer a menu". */
export const menuEditor = defineEditor(menu, menuConfig, {
  icon: IconListNumbers,
  Body: ({ config }) => <Bubble text={config.text} />,
  Form: MenuForm,
});

function MenuForm(props: FormProps<MenuConfig>) {
  const { config, onChange, issues } = props;
  const { readOnly } = useSurroundings();
  return (
    <AskingForm
      {...props}
      text={{ label: 'Question and list', description: 'The list is kept up with the options below.' }}
      saveAs={{ label: 'Remember the choice as', usual: 'topic', optional: true }}
    >
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
    </AskingForm>
  );
}
