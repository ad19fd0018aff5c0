import { Center, Stack, Text, Title } from '@mantine/core';
import { usePageTitle } from '../lib/page-title.ts';
import { ButtonLink } from '../ui/links.tsx';

/** For addresses that lead nowhere, inside the frame or without it. */
export function NotFoundPage() {
  usePageTitle('Not found');
  return (
    <Center mih="60vh" p="lg">
      <Stack align="center" gap="xs" maw={520}>
        <Title order={1} ta="center">
          There is no such page
        </Title>
        <Text c="dimmed" ta="center">
          The address may have been cut short when it was copied, or what it led to has been removed.
        </Text>
        <ButtonLink mt="sm" to="/flows" variant="default">
          Go to your flows
        </ButtonLink>
      </Stack>
    </Center>
  );
}

/** The same where there is no frame around it. */
export function WholePageNotFound() {
  return (
    <main>
      <NotFoundPage />
    </main>
  );
}
