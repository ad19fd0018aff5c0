import { IconChecklist } from '@tabler/icons-react';
import { AskingFields } from '../../editor-kit/asking-fields.tsx';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { ListSelect } from '../../editor-kit/key-input.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { TextField } from '../../editor-kit/text-field.tsx';
import { WordsInput } from '../../editor-kit/words-input.tsx';
import { type ConfirmConfig, confirm, confirmConfig } from './definition.ts';

/** The card and form of "Confirm opt-in". */
export const confirmEditor = defineEditor(confirm, confirmConfig, {
  icon: IconChecklist,
  Body: ({ config }) => <Bubble text={config.text} />,
  Form: ConfirmForm,
});

function ConfirmForm({ config, onChange, issues }: FormProps<ConfirmConfig>) {
  return (
    <>
      <TextField
        label="Question"
        value={config.text}
        onChange={(text) => onChange({ ...config, text })}
        issues={issues}
        path="text"
        description="Keep advertising out of it: nobody has agreed to anything yet."
        autoFocus
      />
      <ListSelect
        label="List people join"
        value={config.list || undefined}
        onChange={(list) => onChange({ ...config, list: list ?? '' })}
        issues={issues}
        path="list"
      />
      <WordsInput
        label="Words that confirm"
        value={config.confirmWords}
        onChange={(confirmWords) => onChange({ ...config, confirmWords })}
        issues={issues}
        path="confirmWords"
        placeholder="YES, Y, OK and the like"
      />
      <WordsInput
        label="Words that decline"
        value={config.declineWords}
        onChange={(declineWords) => onChange({ ...config, declineWords })}
        issues={issues}
        path="declineWords"
        placeholder="NO, N, no thanks and the like"
      />
      <AskingFields
        value={config}
        onChange={({ timeout, ...part }) =>
          onChange({ ...config, ...part, timeout: timeout ?? config.timeout })
        }
        issues={issues}
        timeoutOptional={false}
      />
    </>
  );
}
