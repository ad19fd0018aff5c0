import { Button, Group, Stack } from '@mantine/core';
import { IconArrowsSplit2, IconFileImport, IconHash, IconLayoutGrid } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextBubble } from '../../ui/texts/text-bubble.tsx';
import type { Start } from './start.ts';

/** The first thing a new workspace sees. Without `onCreate` the person may only look. */
export function NoFlows({ onCreate }: { onCreate: ((from: Start) => void) | undefined }) {
  return (
    <EmptyState
      icon={IconArrowsSplit2}
      title="Draw your first conversation"
      action={
        onCreate && (
          <Group justify="center" mt="xs">
            <Button leftSection={<IconLayoutGrid size={16} />} onClick={() => onCreate('template')}>
              Start from a template
            </Button>
            <Button
              variant="default"
              leftSection={<IconHash size={16} />}
              onClick={() => onCreate('keyword')}
            >
              Start with a keyword
            </Button>
            <Button
              variant="default"
              leftSection={<IconFileImport size={16} />}
              onClick={() => onCreate('import')}
            >
              Import a file
            </Button>
          </Group>
        )
      }
      example={
        <Stack gap={8} aria-hidden>
          <TextBubble from="them" side="end" text="JOIN" />
          <TextBubble
            from="us"
            side="start"
            text="Welcome to Summer Club! Reply YES to get our offers, 4 texts a month at most."
          />
          <TextBubble from="them" side="end" text="yes" />
          <TextBubble from="us" side="start" text="You’re in! Show this text for 10 % off today." />
        </Stack>
      }
    >
      People text a keyword, and your flow talks with them: it asks, waits, decides and answers. Templates are
      finished conversations that you change to your own words.
    </EmptyState>
  );
}
