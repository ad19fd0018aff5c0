import { IconTrophy } from '@tabler/icons-react';
import { Gist } from '../../editor-kit/bubble.tsx';
import { KeyInput } from '../../editor-kit/key-input.tsx';
import { defineEditor } from '../../editor-kit/node-editor.tsx';
import { contestEntry, contestEntryConfig } from './definition.ts';

/** The card and form of "Enter a contest". */
export const contestEntryEditor = defineEditor(contestEntry, contestEntryConfig, {
  icon: IconTrophy,
  Body: ({ config }) => (
    <Gist>
      Enters <b>{config.contest || 'a contest'}</b>, once
    </Gist>
  ),
  Form: ({ config, onChange, issues }) => (
    <KeyInput
      label="Contest"
      value={config.contest}
      onChange={(contest) => onChange({ contest })}
      issues={issues}
      path="contest"
      placeholder="summer-draw"
    />
  ),
});
