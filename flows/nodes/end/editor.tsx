import { Text } from '@mantine/core';
import { IconFlag } from '@tabler/icons-react';
import { defineEditor } from '../../editor-kit/node-editor.tsx';
import { end, endConfig } from './definition.ts';

/** The card and form of "End". */
export const endEditor = defineEditor(end, endConfig, {
  icon: IconFlag,
  Body: () => null,
  Form: () => (
    <Text size="sm" c="dimmed">
      The conversation ends here. The next keyword starts a new one.
    </Text>
  ),
});
