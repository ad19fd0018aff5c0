import { Center, Loader, Title } from '@mantine/core';
import { ApiError } from '../lib/api/api-error.ts';
import { usePageTitle } from '../lib/page-title.ts';
import { ErrorNote } from './error-note.tsx';
import { Page } from './page.tsx';

export interface PagePendingProps {
  /** What the page is about: "campaign". */
  what: string;
  error: unknown;
  onRetry: () => void;
}

/** What stands in place of one thing's page until it is here, or where it could not be had. */
export function PagePending({ what, error, onRetry }: PagePendingProps) {
  if (error) return <Fault what={what} error={error} onRetry={onRetry} />;
  return (
    <Center mih="60vh" role="status" aria-label="Loading">
      <Loader size="sm" />
    </Center>
  );
}

function Fault({ what, error, onRetry }: PagePendingProps) {
  const isMissing = error instanceof ApiError && error.status === 404;
  const title = isMissing ? `There is no such ${what}` : `The ${what} could not be shown`;
  usePageTitle(title);
  return (
    <Page>
      <Title order={1} mb="md">
        {title}
      </Title>
      <ErrorNote error={error} onRetry={isMissing ? undefined : onRetry} />
    </Page>
  );
}
