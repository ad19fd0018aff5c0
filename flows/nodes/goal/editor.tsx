import { IconTarget } from '@tabler/icons-react';
import { Gist } from '../../editor-kit/bubble.tsx';
import { KeyInput } from '../../editor-kit/key-input.tsx';
import { defineEditor } from '../../editor-kit/node-editor.tsx';
import { goal, goalConfig } from './definition.ts';

/** The card and form of "Goal reached". */
export const goalEditor = defineEditor(goal, goalConfig, {
  icon: IconTarget,
  Body: ({ config }) => (
    <Gist>
      Counts <b>{config.goal || 'a goal'}</b>
    </Gist>
  ),
  Form: ({ config, onChange, issues }) => (
    <KeyInput
      label="Goal"
      value={config.goal}
      onChange={(next) => onChange({ goal: next })}
      issues={issues}
      path="goal"
      placeholder="bought"
      description="A/B tests and funnels count the people who get here."
    />
  ),
});
