import { Text } from '@mantine/core';
import { Panel } from '@xyflow/react';
import type { Definition } from '#flows/definition/schema.ts';
import { counted } from '../../lib/format/number.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { ReadonlyCanvas } from './canvas/readonly-canvas.tsx';
import { useTraffic } from './canvas/use-traffic.ts';

/** The drawing with the traffic of all its versions: how often each line was gone along, and who waits where. */
export function TrafficView({ flowId, definition }: { flowId: string; definition: Definition }) {
  const { overlay, total, error } = useTraffic(flowId);
  return (
    <ReadonlyCanvas definition={definition} overlay={overlay}>
      <Panel position="top-left">
        {error ? <ErrorNote error={error} /> : null}
        {total === null ? null : (
          <Text size="sm" c="dimmed">
            {total === 0
              ? 'Nobody came by yet. Numbers appear here as people text.'
              : `${counted(total, 'conversation')} so far, all versions together. Numbers count on as people text.`}
          </Text>
        )}
      </Panel>
    </ReadonlyCanvas>
  );
}
