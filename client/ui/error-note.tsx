import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError, sentenceOf } from '../lib/api/api-error.ts';

/** Says what could not be shown and why, and offers to try again. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <Alert
      role="alert"
      icon={<IconAlertTriangle size={18} color="var(--tl-bad)" />}
      title={sentenceOf(error)}
      styles={{ title: { fontWeight: 500 } }}
    >
      <Group gap="sm">
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
        {requestId !== null && (
          <Text size="xs" c="dimmed">
            Request {requestId}
          </Text>
        )}
      </Group>
    </Alert>
  );
}
