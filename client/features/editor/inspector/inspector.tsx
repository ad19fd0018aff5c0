import { ActionIcon, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCopy, IconTrash, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Issue } from '#flows/definition/issue.ts';
import { TRIGGER_CARD } from '../canvas/canvas-nodes.ts';
import { duplicateSelected, removeSelected } from '../store/edits.ts';
import { useEditor, useEditorState } from '../store/use-editor.ts';
import { focusCard } from '../store/focus-card.ts';
import classes from './inspector.module.css';
import { StepForm } from './step-form.tsx';
import { TriggerForm } from './trigger-form.tsx';

export interface InspectorProps {
  issues: readonly Issue[];
  readOnly: boolean;
}

/** The panel at the right: the form of what is chosen, or what can be done with several cards. */
export function Inspector({ issues, readOnly }: InspectorProps) {
  const editor = useEditor();
  const chosen = useEditorState((state) => state.selection.nodes);
  const asked = useEditorState((state) => state.focusInspector);
  const panel = useRef<HTMLElement>(null);
  const [only] = chosen.size === 1 ? chosen : [];
  useEffect(() => {
    if (asked === 0) return;
    const field = panel.current?.querySelector<HTMLElement>(
      '[data-autofocus], [data-body] input, [data-body] textarea',
    );
    field?.focus();
  }, [asked]);
  /** Escape goes back to the card, unless it closes a list of choices first. */
  const leave = (event: KeyboardEvent) => {
    if (
      event.key !== 'Escape' ||
      (event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true')
    )
      return;
    event.stopPropagation();
    editor.select([]);
    if (only !== undefined) focusCard(only);
  };
  if (chosen.size === 0) return null;
  return (
    <aside ref={panel} className={classes.inspector} data-inspector aria-label="Inspector" onKeyDown={leave}>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes.close}
        aria-label="Close"
        onClick={() => editor.select([])}
      >
        <IconX size={18} />
      </ActionIcon>
      {only === undefined ? (
        <Several count={chosen.size} readOnly={readOnly} />
      ) : only === TRIGGER_CARD ? (
        <TriggerForm issues={issues} readOnly={readOnly} />
      ) : (
        <StepForm key={only} id={only} issues={issues} readOnly={readOnly} />
      )}
    </aside>
  );
}

function Several({ count, readOnly }: { count: number; readOnly: boolean }) {
  const editor = useEditor();
  return (
    <Stack p="md" gap="md">
      <Title order={2}>{count} steps</Title>
      <Text c="dimmed">Drag one to move them all. Lines among them are copied along.</Text>
      {readOnly ? null : (
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconCopy size={16} />}
            onClick={() => duplicateSelected(editor)}
          >
            Duplicate
          </Button>
          <Button
            variant="default"
            color="red"
            leftSection={<IconTrash size={16} />}
            onClick={() => removeSelected(editor)}
          >
            Delete
          </Button>
        </Group>
      )}
    </Stack>
  );
}
