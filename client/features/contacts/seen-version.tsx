import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Contact } from '#shared/api/contacts.ts';
import { experimentQuery } from '../../lib/queries/experiment-queries.ts';
import { TextLink } from '../../ui/links.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** Which version of an A/B test this person sees, both called as in the results; by their keys until those are there. */
export function SeenVersion({ experiment, arm, at }: Contact['arms'][number]) {
  const { data } = useQuery(experimentQuery(experiment));
  return (
    <Text size="sm">
      <TextLink to="/results/$key" params={{ key: experiment }} inherit dir="auto">
        {data?.name ?? experiment}
      </TextLink>
      : sees “<bdi>{data?.results.find(({ id }) => id === arm)?.label ?? arm}</bdi>” since{' '}
      <RelativeTime at={at} />
    </Text>
  );
}
