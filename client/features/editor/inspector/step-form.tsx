import { Alert, Button, Divider, Group, Stack, Text, TextInput } from '@mantine/core';
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconCopy,
  IconDeviceMobile,
  IconTrash,
} from '@tabler/icons-react';
import type { Issue } from '#flows/definition/issue.ts';
import { nodeEditor } from '#flows/registry.editor.tsx';
import { rehearsal } from '../../../lib/rehearsal/rehearsal.ts';
import { usePhoneOpen } from '../../../lib/rehearsal/use-phone-open.ts';
import { boundStep, isRemark, titleOf } from '../canvas/bound-step.ts';
import { duplicateSelected, removeSelected, resetStep } from '../store/edits.ts';
import { useEditor, useEditorState } from '../store/use-editor.ts';
import classes from './inspector.module.css';
import { Translations } from './translations.tsx';
import { WaysOut } from './ways-out.tsx';

/** In a window as narrow the inspector lies over the phone; see `overlaid` in flow-editor.module.css. */
const INSPECTOR_COVERS = '(max-width: 70em)';

export interface StepFormProps {
  id: string;
  issues: readonly Issue[];
  readOnly: boolean;
}

/** Everything about one step: its title, its own form, where it leads, its translations. */
export function StepForm({ id, issues, readOnly }: StepFormProps) {
  const editor = useEditor();
  const [, setPhoneOpen] = usePhoneOpen();
  const step = useEditorState((state) => state.definition.nodes.find((node) => node.id === id));
  if (!step) return null;
  const kind = nodeEditor(step.kind);
  const tryFrom = (from: string) => {
    setPhoneOpen(true);
    rehearsal.startFrom(from);
    if (matchMedia(INSPECTOR_COVERS).matches) editor.select([]);
  };
  const own = issues.filter(({ place }) => place.node === id);
  const general = own.filter(({ place }) => !place.path?.startsWith('config.') && place.port === undefined);
  return (
    <Stack p="md" gap="md">
      <div className={classes.kind} data-family={kind?.family ?? 'end'}>
        {kind ? <kind.icon size={18} stroke={1.8} aria-hidden /> : null}
        {kind?.title ?? step.kind}
      </div>
      <TextInput
        label="Title"
        placeholder={titleOf({ ...step, title: undefined })}
        value={step.title ?? ''}
        maxLength={80}
        dir="auto"
        readOnly={readOnly}
        onChange={(event) =>
          editor.edit(
            'Change a title',
            [{ do: 'title-node', id, title: event.currentTarget.value || null }],
            { key: `title ${id}` },
          )
        }
      />
      {general.map((issue) => (
        <Alert
          key={`${issue.code} ${issue.message}`}
          p="xs"
          icon={
            issue.severity === 'error' ? (
              <IconAlertCircle size={18} color="var(--tl-bad)" />
            ) : (
              <IconAlertTriangle size={18} color="var(--tl-warn)" />
            )
          }
        >
          {issue.message}
        </Alert>
      ))}
      <Stack gap="md" data-body>
        {kind ? (
          <kind.Form
            config={step.config}
            issues={own}
            onReset={() => resetStep(editor, id)}
            onChange={(config) =>
              editor.edit('Change a step', [{ do: 'configure-node', id, config }], { key: `config ${id}` })
            }
          />
        ) : (
          <Text c="dimmed">This Textloom does not know steps of the kind “{step.kind}”.</Text>
        )}
      </Stack>
      <WaysOut step={step} issues={own} readOnly={readOnly} />
      <Translations step={step} readOnly={readOnly} />
      {readOnly ? null : (
        <>
          <Divider />
          <Group gap={6} wrap="nowrap">
            {boundStep(step) && !isRemark(step) ? (
              <Button
                variant="default"
                size="xs"
                px="xs"
                leftSection={<IconDeviceMobile size={14} />}
                onClick={() => tryFrom(id)}
              >
                Try from here
              </Button>
            ) : null}
            <Button
              variant="default"
              size="xs"
              px="xs"
              leftSection={<IconCopy size={14} />}
              onClick={() => duplicateSelected(editor)}
            >
              Duplicate
            </Button>
            <Button
              variant="default"
              size="xs"
              px="xs"
              leftSection={<IconTrash size={14} />}
              onClick={() => removeSelected(editor)}
            >
              Delete
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
