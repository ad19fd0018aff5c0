import { TextInput } from '@mantine/core';
import { IconGauge } from '@tabler/icons-react';
import { AskingFields } from '../../editor-kit/asking-fields.tsx';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { PurposeSelect } from '../../editor-kit/purpose-select.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { TextField } from '../../editor-kit/text-field.tsx';
import { type NpsConfig, nps, npsConfig } from './definition.ts';

/** The card and form of "Ask for a score". */
export const npsEditor = defineEditor(nps, npsConfig, {
  icon: IconGauge,
  Body: ({ config }) => <Bubble text={config.text} />,
  Form: NpsForm,
});

function NpsForm({ config, onChange, issues }: FormProps<NpsConfig>) {
  const { readOnly } = useSurroundings();
  return (
    <>
      <TextField
        label="Question"
        value={config.text}
        onChange={(text) => onChange({ ...config, text })}
        issues={issues}
        path="text"
        autoFocus
      />
      <TextInput
        label="Remember the score as"
        value={config.saveAs}
        onChange={(event) => onChange({ ...config, saveAs: event.currentTarget.value })}
        readOnly={readOnly}
        {...fieldProps(issues, 'saveAs', `Use it in texts as {{answers.${config.saveAs || 'score'}}}.`)}
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
