import { Switch } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { durationWords } from '../../definition/duration.ts';
import { Bubble, Gist } from '../../editor-kit/bubble.tsx';
import { DurationInput } from '../../editor-kit/duration-input.tsx';
import { ListSelect } from '../../editor-kit/key-input.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { PurposeSelect } from '../../editor-kit/purpose-select.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { TextField } from '../../editor-kit/text-field.tsx';
import { type MessageConfig, message, messageConfig } from './definition.ts';

const PURPOSES: MessageConfig['purpose'][] = ['reply', 'service', 'marketing', 'code', 'legal'];

/** Most carriers report within minutes; a phone that is switched off may be tried for days. */
const USUAL_WAIT = '24h';

/** The card and form of "Send a text". */
export const messageEditor = defineEditor(message, messageConfig, {
  icon: IconMessage,
  Body: ({ config }) => (
    <>
      <Bubble text={config.text} />
      {config.delivery === undefined ? null : (
        <Gist>Waits until it arrives, at most {durationWords(config.delivery)}</Gist>
      )}
    </>
  ),
  Form: MessageForm,
});

function MessageForm({ config, onChange, issues }: FormProps<MessageConfig>) {
  const { readOnly } = useSurroundings();
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
      <Switch
        label="Wait until it arrives"
        description="The flow goes on once the carrier reports whether it did. Without, it goes on at once."
        checked={config.delivery !== undefined}
        onChange={(event) =>
          onChange({ ...config, delivery: event.currentTarget.checked ? USUAL_WAIT : undefined })
        }
        disabled={readOnly}
      />
      {config.delivery === undefined ? null : (
        <DurationInput
          label="Wait at most"
          value={config.delivery}
          onChange={(delivery) => onChange({ ...config, delivery: delivery ?? USUAL_WAIT })}
          issues={issues}
          path="delivery"
        />
      )}
    </>
  );
}
