import { Autocomplete, Textarea, TextInput } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type EmailConfig, email, emailConfig } from './definition.ts';

/** The card and form of "Send an e-mail". */
export const emailEditor = defineEditor(email, emailConfig, {
  icon: IconMail,
  Body: ({ config }) => <Bubble text={`${config.subject}\n${config.body}`} placeholder="No e-mail yet" />,
  Form: EmailForm,
});

function EmailForm({ config, onChange, issues }: FormProps<EmailConfig>) {
  const { readOnly, variables } = useSurroundings();
  const addresses = variables.filter((name) => /mail/i.test(name)).map((name) => `{{${name}}}`);
  return (
    <>
      <Autocomplete
        label="To"
        data={[...new Set(['{{contact.email}}', ...addresses])]}
        value={config.to}
        onChange={(to) => onChange({ ...config, to })}
        readOnly={readOnly}
        {...fieldProps(issues, 'to')}
      />
      <TextInput
        label="Subject"
        value={config.subject}
        onChange={(event) => onChange({ ...config, subject: event.currentTarget.value })}
        readOnly={readOnly}
        dir="auto"
        {...fieldProps(issues, 'subject')}
      />
      <Textarea
        label="E-mail"
        value={config.body}
        onChange={(event) => onChange({ ...config, body: event.currentTarget.value })}
        autosize
        minRows={5}
        maxRows={16}
        dir="auto"
        readOnly={readOnly}
        data-autofocus
        {...fieldProps(issues, 'body', 'Variables such as {{answers.size}} are filled in.')}
      />
    </>
  );
}
