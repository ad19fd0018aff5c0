import { IconClock } from '@tabler/icons-react';
import { durationWords } from '../../definition/duration.ts';
import { Gist } from '../../editor-kit/bubble.tsx';
import { DurationInput } from '../../editor-kit/duration-input.tsx';
import { defineEditor } from '../../editor-kit/node-editor.tsx';
import { delay, delayConfig } from './definition.ts';

/** The card and form of "Wait". */
export const delayEditor = defineEditor(delay, delayConfig, {
  icon: IconClock,
  Body: ({ config }) => (
    <Gist>
      Waits <b>{durationWords(config.duration)}</b>
    </Gist>
  ),
  Form: ({ config, onChange, issues }) => (
    <DurationInput
      label="How long"
      value={config.duration}
      onChange={(duration) => duration && onChange({ duration })}
      issues={issues}
      path="duration"
    />
  ),
});
