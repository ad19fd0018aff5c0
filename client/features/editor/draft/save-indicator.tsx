import { Button, Group, Text } from '@mantine/core';
import { IconCheck, IconCloudOff, IconCloudUp, IconAlertTriangle } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { ButtonLink } from '../../../ui/links.tsx';
import type { SaveState } from './draft-keeper.ts';

/** Whether the server has what is drawn; where it doesn't, that it is kept in this browser. */
export function SaveIndicator({ state, onRetry }: { state: SaveState; onRetry: () => void }) {
  const { icon: Icon, color, words } = lookOf(state);
  const here = useLocation({ select: ({ href }) => href });
  return (
    <Group gap={6} wrap="nowrap" role="status" aria-live="polite">
      <Icon size={16} color={color} aria-hidden />
      <Text size="sm" c="dimmed" truncate maw={260} title={words}>
        {words}
      </Text>
      {state.kind === 'offline' || state.kind === 'refused' ? (
        <Button size="compact-xs" variant="subtle" onClick={onRetry}>
          Try now
        </Button>
      ) : null}
      {state.kind === 'signed-out' ? (
        <ButtonLink size="compact-xs" variant="subtle" to="/sign-in" search={{ next: here }}>
          Sign in
        </ButtonLink>
      ) : null}
    </Group>
  );
}

function lookOf(state: SaveState) {
  switch (state.kind) {
    case 'saved':
      return { icon: IconCheck, color: 'var(--tl-good)', words: 'Saved' };
    case 'unsaved':
    case 'saving':
      return { icon: IconCloudUp, color: 'var(--mantine-color-dimmed)', words: 'Saving…' };
    case 'offline':
      return { icon: IconCloudOff, color: 'var(--tl-warn)', words: 'Not connected. Kept in this browser.' };
    case 'signed-out':
      return { icon: IconCloudOff, color: 'var(--tl-warn)', words: 'Signed out. Kept in this browser.' };
    case 'conflict':
      return { icon: IconAlertTriangle, color: 'var(--tl-bad)', words: 'Changed elsewhere' };
    case 'refused':
      return { icon: IconAlertTriangle, color: 'var(--tl-bad)', words: `Not saved: ${state.message}` };
  }
}
