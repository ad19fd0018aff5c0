import { Button, Group, Text } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { useEffect } from 'react';

export interface LoadMoreProps {
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
  /** Only when pressed: there is something below the list. */
  byHand?: boolean;
}

/** The foot of an endless list: brings more when it comes into view, or when pressed. */
export function LoadMore({ hasMore, loading, onMore, byHand = false }: LoadMoreProps) {
  const { ref, entry } = useIntersection({ rootMargin: '400px' });
  const near = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (near && hasMore && !loading && !byHand) onMore();
  }, [near, hasMore, loading, onMore, byHand]);
  return (
    <Group justify="center" py="md" ref={ref}>
      {hasMore ? (
        <Button variant="default" loading={loading} onClick={onMore}>
          Show more
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          That is all.
        </Text>
      )}
    </Group>
  );
}
