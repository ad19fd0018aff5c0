import { Button, Code, Group, Stack, Text } from '@mantine/core';
import type { MadeApiKey } from '#shared/api/api-keys.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { CopyField } from '../../ui/copy-field.tsx';

/** Shows a new key, once. */
export function MadeKeyDialog({ made, onClose }: { made: MadeApiKey; onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title="The new key" size={600} closeOnClickOutside={false}>
      <Stack gap="sm">
        <Text>Copy it now: it is not shown again. Keep it where the program keeps its secrets.</Text>
        <CopyField label="Key" value={made.key} />
        <Text size="sm" c="dimmed">
          Try it:
        </Text>
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {`curl ${window.location.origin}/api/flows -H 'authorization: Bearer ${made.key}'`}
        </Code>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
