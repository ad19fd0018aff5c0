import { Switch } from '@mantine/core';
import { IconMessageQuestion } from '@tabler/icons-react';
import { AskingForm } from '../../editor-kit/asking-form.tsx';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { AnswersEditor } from './answers-editor.tsx';
import { type QuestionConfig, question, questionConfig } from './definition.ts';

/** The card and form of "Ask a question". */
export const questionEditor = defineEditor(question, questionConfig, {
  icon: IconMessageQuestion,
  Body: ({ config }) => <Bubble text={config.text} />,
  Form: QuestionForm,
});

function QuestionForm(props: FormProps<QuestionConfig>) {
  const { config, onChange, issues } = props;
  const { readOnly } = useSurroundings();
  return (
    <AskingForm
      {...props}
      text={{ label: 'Question' }}
      saveAs={{ label: 'Remember the answer as', usual: 'size', optional: true }}
    >
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
    </AskingForm>
  );
}
