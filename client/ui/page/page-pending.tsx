import { Center, Loader, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiError, isAddressCut } from '../../lib/api/api-error.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { ErrorNote } from '../error-note.tsx';
import { Page } from './page.tsx';

export interface PagePendingProps {
  /** What the page is about: "campaign". */
  what: string;
  /** The way back to the list it is of. */
  back?: ReactNode;
  error: unknown;
  onRetry: () => void;
}

/** What stands in place of one thing's page until it is here, or where it could not be had. */
export function PagePending(props: PagePendingProps) {
  if (props.error) return <Fault {...props} />;
  return (
    <Center mih="60vh" role="status" aria-label="Loading">
      <Loader size="sm" />
    </Center>
  );
}

function Fault({ what, back, error, onRetry }: PagePendingProps) {
  const isMissing = (error instanceof ApiError && error.status === 404) || isAddressCut(error);
  const title = isMissing ? `There is no such ${what}` : `The ${what} could not be shown`;
  usePageTitle(title);
  return (
    <Page>
      {back}
      <Title order={1} mb="md">
        {title}
      </Title>
      {isMissing ? (
        <Text c="dimmed">It may have been removed since, or the address is not whole.</Text>
      ) : (
        <ErrorNote error={error} onRetry={onRetry} />
      )}
    </Page>
  );
}
