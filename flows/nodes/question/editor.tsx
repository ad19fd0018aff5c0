import { Switch, TextInput } from '@mantine/core';
import { IconMessageQuestion } from '@tabler/icons-react';
import { AskingFields } from '../../editor-kit/asking-fields.tsx';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { PurposeSelect } from '../../editor-kit/purpose-select.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { TextField } from '../../editor-kit/text-field.tsx';
import { AnswersEditor } from './answers-editor.tsx';
import { type QuestionConfig, question, questionConfig } from './definition.ts';

/** The card and form of "Ask a question". */
export const questionEditor = defineEditor(question, questionConfig, {
  icon: IconMessageQuestion,
  Body: ({ config }) => <Bubble text={config.text} />,
  Form: QuestionForm,
});

function QuestionForm({ config, onChange, issues }: FormProps<QuestionConfig>) {
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
      <AnswersEditor
        value={config.answers}
        onChange={(answers) => onChange({ ...config, answers })}
        issues={issues}
      />
      {config.answers.length === 0 ? null : (
        <Switch
          label="Forgive typos in longer words"
          checked={config.typos ?? false}
          disabled={readOnly}
          onChange={(event) => onChange({ ...config, typos: event.currentTarget.checked })}
        />
      )}
      <TextInput
        label="Remember the answer as"
        placeholder="size"
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
