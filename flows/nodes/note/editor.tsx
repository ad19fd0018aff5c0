import { ColorSwatch, Group, Input, Textarea, UnstyledButton } from '@mantine/core';
import { IconCheck, IconNote } from '@tabler/icons-react';
import { fieldProps } from '../../editor-kit/field-props.tsx';
import { defineEditor, type FormProps } from '../../editor-kit/node-editor.tsx';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';
import { NOTE_COLORS, type NoteConfig, note, noteConfig } from './definition.ts';
import classes from './note.module.css';

/** The card and form of "Note". */
export const noteEditor = defineEditor(note, noteConfig, {
  icon: IconNote,
  Body: ({ config }) => (
    <div className={classes.note} data-color={config.color} dir="auto">
      {config.text.trim() || 'Empty'}
    </div>
  ),
  Form: NoteForm,
});

function NoteForm({ config, onChange, issues }: FormProps<NoteConfig>) {
  const { readOnly } = useSurroundings();
  return (
    <>
      <Textarea
        label="Note"
        value={config.text}
        onChange={(event) => onChange({ ...config, text: event.currentTarget.value })}
        autosize
        minRows={4}
        maxRows={16}
        dir="auto"
        readOnly={readOnly}
        data-autofocus
        {...fieldProps(issues, 'text')}
      />
      <Input.Wrapper label="Colour">
        <Group gap="xs" mt={4}>
          {NOTE_COLORS.map((color) => (
            <UnstyledButton
              key={color}
              aria-label={color}
              aria-pressed={config.color === color}
              disabled={readOnly}
              onClick={() => onChange({ ...config, color })}
            >
              <ColorSwatch component="span" color={`var(--mantine-color-${color}-3)`} size={22}>
                {config.color === color ? <IconCheck size={14} color="var(--mantine-color-dark-7)" /> : null}
              </ColorSwatch>
            </UnstyledButton>
          ))}
        </Group>
      </Input.Wrapper>
    </>
  );
}
