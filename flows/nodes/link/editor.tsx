import { TextInput } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { Gist } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type LinkConfig, link, linkConfig } from './definition.ts';

/** The card and form of "Make a short link". */
export const linkEditor = defineEditor(link, linkConfig, {
  icon: IconLink,
  Body: ({ config }) => (
    <Gist>
      <b>{`{{answers.${config.saveAs || 'link'}}}`}</b> leads to{' '}
      {config.url.replace(/^https?:\/\//, '') || '…'}
    </Gist>
  ),
  Form: LinkForm,
});

function LinkForm({ config, onChange, issues }: FormProps<LinkConfig>) {
  const { readOnly } = useSurroundings();
  return (
    <>
      <TextInput
        label="Leads to"
        value={config.url}
        onChange={(event) => onChange({ ...config, url: event.currentTarget.value })}
        readOnly={readOnly}
        data-autofocus
        {...fieldProps(issues, 'url', 'Variables such as {{contact.city}} are filled in.')}
      />
      <TextInput
        label="Name of the link"
        value={config.saveAs}
        onChange={(event) => onChange({ ...config, saveAs: event.currentTarget.value })}
        readOnly={readOnly}
        {...fieldProps(
          issues,
          'saveAs',
          `Put it into a text as {{answers.${config.saveAs || 'link'}}}. A “Wait for an event” step waits for link-clicked, which one: ${config.saveAs || 'link'}.`,
        )}
      />
    </>
  );
}
