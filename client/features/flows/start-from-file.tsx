import { Button, FileButton, Group, List, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { counted } from '../../lib/format/number.ts';
import classes from './new-flow.module.css';
import type { StartProps } from './start.ts';
import { type ImportedFlow, readFlowFile } from './read-flow-file.ts';

/** Takes a flow that was exported as a JSON file, here or in another workspace. */
export function StartFromFile({ busy, onCreate }: StartProps) {
  const [read, setRead] = useState<ImportedFlow | null>(null);
  const [name, setName] = useState('');
  const [over, setOver] = useState(false);
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    const result = await readFlowFile(file);
    setRead(result);
    setName(result.ok ? result.name : '');
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <Stack>
      <FileButton onChange={(file) => void take(file)} accept="application/json,.json">
        {(props) => (
          <UnstyledButton
            {...props}
            className={classes.drop}
            data-over={over}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={drop}
          >
            <IconFileImport size={24} stroke={1.5} aria-hidden />
            <Text fw={500}>{read ? read.file : 'Choose a JSON file, or drop it here'}</Text>
            <Text size="sm" c="dimmed">
              {read?.ok
                ? [
                    counted(read.steps, 'step'),
                    ...(read.conversations.length > 0
                      ? [counted(read.conversations.length, 'conversation')]
                      : []),
                  ].join(', ')
                : 'A flow exported from Textloom. Layout and texts come along.'}
            </Text>
          </UnstyledButton>
        )}
      </FileButton>
      {read?.ok === false && (
        <div role="alert">
          <Text c="var(--tl-bad)" fw={500}>
            {read.file} is not a flow that can be opened.
          </Text>
          <List size="sm" c="dimmed">
            {read.reasons.map((reason) => (
              <List.Item key={reason}>{reason}</List.Item>
            ))}
          </List>
        </div>
      )}
      {read?.ok && (
        <TextInput
          label="Name of the flow"
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <Group justify="flex-end">
        <Button
          disabled={!read?.ok || name.trim() === ''}
          loading={busy}
          onClick={() =>
            read?.ok &&
            onCreate({ name: name.trim(), definition: read.definition, conversations: read.conversations })
          }
        >
          Import flow
        </Button>
      </Group>
    </Stack>
  );
}
