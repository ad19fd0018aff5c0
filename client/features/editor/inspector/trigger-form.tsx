import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { IconMessage2Bolt, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Issue } from '#flows/definition/issue.ts';
import type { Trigger } from '#flows/definition/schema.ts';
import { WordsInput } from '#flows/editor-kit/words-input.tsx';
import { useEditor, useEditorState } from '../store/use-editor.ts';
import classes from './inspector.module.css';
import { LanguagesField } from './languages-field.tsx';
import { TranslationFiles } from './translation-files.tsx';
import { TriggerFields } from './trigger-fields.tsx';

export interface TriggerFormProps {
  issues: readonly Issue[];
  readOnly: boolean;
}

const NEW_TRIGGER: Trigger = { kind: 'keyword', words: [], match: 'first-word', sender: '*' };
const ANY_OTHER: Trigger = { ...NEW_TRIGGER, kind: 'unmatched' };

const isUnfinished = ({ kind, words }: Trigger): boolean => kind === 'keyword' && words.length === 0;

/** A keyword of the flow whose last word was taken off, so that another can be written. */
interface Emptied {
  of: Trigger;
  as: Trigger;
}

/** What starts the flow, and what may interrupt it. A keyword without words is kept here until it has one; meanwhile the flow keeps the old word. */
export function TriggerForm({ issues, readOnly }: TriggerFormProps) {
  const editor = useEditor();
  const triggers = useEditorState((state) => state.definition.triggers);
  const interruptible = useEditorState((state) => state.definition.interruptible);
  const [started, setStarted] = useState<Trigger | null>(triggers.length === 0 ? NEW_TRIGGER : null);
  const [emptied, setEmptied] = useState<Emptied | null>(null);
  const put = (next: readonly Trigger[], label = 'Change keywords') =>
    editor.edit(label, [{ do: 'set-triggers', triggers: [...next] }], { key: 'triggers' });
  const allow = (next: typeof interruptible) =>
    editor.edit('Change what may interrupt', [{ do: 'set-interruptible', interruptible: next }]);
  const finish = (trigger: Trigger) => {
    if (isUnfinished(trigger)) return setStarted(trigger);
    setStarted(null);
    put([...triggers, trigger], 'Add a keyword');
  };
  const change = (trigger: Trigger, next: Trigger) => {
    setEmptied(isUnfinished(next) ? { of: trigger, as: next } : null);
    if (!isUnfinished(next)) put(triggers.map((one) => (one === trigger ? next : one)));
  };
  const remove = (trigger: Trigger) =>
    put(
      triggers.filter((one) => one !== trigger),
      'Remove a keyword',
    );
  // In one row, so that whoever writes the first word of a keyword goes on writing where they are.
  const shown = started ? [...triggers, started] : triggers;
  return (
    <Stack p="md" gap="md">
      <div className={classes.kind} data-family="start">
        <IconMessage2Bolt size={18} stroke={1.8} aria-hidden />
        When somebody texts
      </div>
      <Stack gap="md" data-body>
        {shown.map((trigger, index) => (
          <TriggerFields
            // biome-ignore lint/suspicious/noArrayIndexKey: keywords have no identity but their place
            key={index}
            value={emptied?.of === trigger ? emptied.as : trigger}
            index={index}
            issues={emptied?.of === trigger ? [] : issues}
            note={
              emptied?.of === trigger
                ? `Write another word. Until then ${trigger.words.join(', ')} stays.`
                : null
            }
            readOnly={readOnly}
            onChange={(next) => (trigger === started ? finish(next) : change(trigger, next))}
            onRemove={() => (trigger === started ? setStarted(null) : remove(trigger))}
          />
        ))}
        {started || readOnly ? null : (
          <Group gap="xs">
            <Button
              variant="light"
              size="xs"
              leftSection={<IconPlus size={14} />}
              onClick={() => setStarted(NEW_TRIGGER)}
            >
              Add a keyword
            </Button>
            {triggers.some(({ kind }) => kind === 'unmatched') ? null : (
              <Button
                variant="subtle"
                size="xs"
                onClick={() => put([...triggers, ANY_OTHER], 'Take any other text')}
              >
                Take any other text
              </Button>
            )}
          </Group>
        )}
      </Stack>
      <section>
        <Radio.Group
          label="While this flow waits for a reply"
          value={interruptible.by}
          onChange={(by) => allow({ ...interruptible, by: by === 'nothing' ? 'nothing' : 'keywords' })}
        >
          <Stack gap={6} my={6}>
            <Radio value="keywords" label="keywords of other flows interrupt it" disabled={readOnly} />
            <Radio value="nothing" label="it goes on, whatever else is texted" disabled={readOnly} />
          </Stack>
        </Radio.Group>
        <WordsInput
          label={interruptible.by === 'keywords' ? 'except these keywords' : 'except for these keywords'}
          value={interruptible.except}
          onChange={(except) => allow({ ...interruptible, except })}
          issues={[]}
          path="except"
        />
        <Text size="xs" c="dimmed" mt={4}>
          STOP and HELP always work. An interrupted question is asked again afterwards.
        </Text>
      </section>
      <LanguagesField readOnly={readOnly} />
      <TranslationFiles readOnly={readOnly} />
    </Stack>
  );
}
