import { IconFlask } from '@tabler/icons-react';
import { ArmsEditor } from '../../editor-kit/arms-editor.tsx';
import { Gist } from '../../editor-kit/bubble.tsx';
import { KeyInput } from '../../editor-kit/key-input.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { shares } from '../../editor-kit/shares.ts';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { type SplitConfig, split, splitConfig } from './definition.ts';

/** The card and form of "A/B test". */
export const splitEditor = defineEditor(split, splitConfig, {
  icon: IconFlask,
  Body: ({ config }) => (
    <Gist>
      <b>{config.experiment || 'Unnamed test'}</b>:{' '}
      {shares(config.arms.map(({ weight }) => weight)).join(' / ')} %
    </Gist>
  ),
  Form: SplitForm,
});

function SplitForm({ config, onChange, issues }: FormProps<SplitConfig>) {
  const { testPlanner } = useSurroundings();
  return (
    <>
      <KeyInput
        label="Name of the test"
        value={config.experiment}
        onChange={(experiment) => onChange({ ...config, experiment })}
        issues={issues}
        path="experiment"
        placeholder="spring-offer"
        description="People keep their version wherever this test is met again."
      />
      <ArmsEditor
        value={config.arms}
        onChange={(arms) => onChange({ ...config, arms })}
        issues={issues}
        path="arms"
      />
      {testPlanner({ experiment: config.experiment, shares: config.arms.map(({ weight }) => weight) })}
    </>
  );
}
