import { Switch, Textarea } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type NotifyConfig, notify, notifyConfig } from './definition.ts';

/** The card and form of "Tell the team". */
export const notifyEditor = defineEditor(notify, notifyConfig, {
  icon: IconBell,
  Body: ({ config }) => <Bubble text={config.text} placeholder="Nothing to tell yet" />,
  Form: NotifyForm,
});

function NotifyForm({ config, onChange, issues }: FormProps<NotifyConfig>) {
  const { readOnly } = useSurroundings();
  return (
    <>
      <Textarea
        label="What the team reads"
        value={config.text}
        onChange={(event) => onChange({ ...config, text: event.currentTarget.value })}
        autosize
        minRows={3}
        maxRows={10}
        dir="auto"
        readOnly={readOnly}
        data-autofocus
        {...fieldProps(issues, 'text', 'Variables such as {{answers.problem}} are filled in.')}
      />
      <Switch
        label="By e-mail too"
        description="To owners, agents and compliance, where a mail server is set up."
        checked={config.email}
        disabled={readOnly}
        onChange={(event) => onChange({ ...config, email: event.currentTarget.checked })}
      />
    </>
  );
}
