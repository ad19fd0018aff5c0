import { IconMessage } from '@tabler/icons-react';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { ListSelect } from '../../editor-kit/key-input.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { PurposeSelect } from '../../editor-kit/purpose-select.tsx';
import { TextField } from '../../editor-kit/text-field.tsx';
import { type MessageConfig, message, messageConfig } from './definition.ts';

const PURPOSES: MessageConfig['purpose'][] = ['reply', 'service', 'marketing', 'code', 'legal'];

/** The card and form of "Send a text". */
export const messageEditor = defineEditor(message, messageConfig, {
  icon: IconMessage,
  Body: ({ config }) => <Bubble text={config.text} />,
  Form: MessageForm,
});

function MessageForm({ config, onChange, issues }: FormProps<MessageConfig>) {
  return (
    <>
      <TextField
        label="Text"
        value={config.text}
        onChange={(text) => onChange({ ...config, text })}
        issues={issues}
        path="text"
        autoFocus
      />
      <PurposeSelect
        value={config.purpose}
        onChange={(purpose) => onChange({ ...config, purpose })}
        issues={issues}
        path="purpose"
        allowed={PURPOSES}
      />
      {config.purpose === 'marketing' || config.list !== undefined ? (
        <ListSelect
          value={config.list}
          onChange={(list) => onChange({ ...config, list })}
          issues={issues}
          path="list"
          description="Only people who joined this list get the text."
        />
      ) : null}
    </>
  );
}
