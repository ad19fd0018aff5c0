import { Card } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TestText } from './test-text.tsx';

/** Before the first text: how to send one. */
export function NothingYet() {
  return (
    <Card p={0}>
      <EmptyState icon={IconActivity} title="Waiting for the first text" example={<TestText />}>
        When people text one of your senders, you see it here within a second, with what was sent back. Play a
        phone and send one yourself:
      </EmptyState>
    </Card>
  );
}
