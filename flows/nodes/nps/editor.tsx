import { IconGauge } from '@tabler/icons-react';
import { AskingForm } from '../../editor-kit/asking-form.tsx';
import { Bubble } from '../../editor-kit/bubble.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { type NpsConfig, nps, npsConfig } from './definition.ts';

/** The card and form of "Ask for a score". */
export const npsEditor = defineEditor(nps, npsConfig, {
  icon: IconGauge,
  Body: ({ config }) => <Bubble text={config.text} />,
  Form: NpsForm,
});

function NpsForm(props: FormProps<NpsConfig>) {
  return (
    <AskingForm
      {...props}
      text={{ label: 'Question' }}
      saveAs={{ label: 'Remember the score as', usual: 'score', optional: false }}
    />
  );
}
