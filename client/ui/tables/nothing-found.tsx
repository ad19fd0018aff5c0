import { Button, Stack, Text } from '@mantine/core';

/** What a list shows when search and filters leave nothing of it. */
export function NothingFound({ what, onClear }: { what: string; onClear: () => void }) {
  return (
    <Stack align="center" gap="xs" py={40}>
      <Text fw={500}>No {what} fits this search.</Text>
      <Button variant="default" size="compact-sm" onClick={onClear}>
        Clear search and filters
      </Button>
    </Stack>
  );
}
