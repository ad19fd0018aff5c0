import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ApiError, sentenceOf } from '../lib/api/api-error.ts';
import { usePageTitle } from '../lib/page-title.ts';

/** What stands in place of a page that could not be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const missing = error instanceof ApiError && error.status === 404;
  usePageTitle(missing ? 'Not found' : 'Fault');
  return (
    <Center mih="60vh" p="lg">
      <Stack align="center" gap="xs" maw={520} role="alert">
        <Title order={1} ta="center">
          {missing ? 'This is not here' : 'This page could not be shown'}
        </Title>
        <Text c="dimmed" ta="center">
          {sentenceOf(error)}
        </Text>
        <Button mt="sm" variant="default" onClick={reset}>
          Try again
        </Button>
      </Stack>
    </Center>
  );
}

/** The same where there is no frame around it yet. */
export function WholePageError(props: ErrorComponentProps) {
  return (
    <main>
      <ErrorPage {...props} />
    </main>
  );
}

/** While a page's code or data is on its way for longer than a moment. */
export function PageLoading() {
  return (
    <Center mih="60vh" role="status" aria-label="Loading">
      <Loader size="sm" />
    </Center>
  );
}
